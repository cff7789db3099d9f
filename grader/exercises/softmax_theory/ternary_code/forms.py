#: right numbered | numbers in base 2, filled up with zeros
def ternary_code(n):
    length = 0
    while 2 ** length < 3 ** n:
        length += 1
    return [f"{i:0{length}b}" for i in range(3 ** n)]

#: right logarithm | the length by the logarithm
import math


def ternary_code(n):
    length = math.ceil(n * math.log2(3))
    return [format(i, 'b').zfill(length) for i in range(3 ** n)]

#: right product | the first strings of one length, as a tuple
import itertools
import math


def ternary_code(n):
    length = math.ceil(math.log(3 ** n) / math.log(2))
    return tuple(''.join(bits) for bits in itertools.islice(itertools.product('01', repeat=length), 3 ** n))

#: right huffman | Huffman's code
import heapq


def ternary_code(n):
    heap = [(1, i, [i]) for i in range(3 ** n)]
    words = [''] * 3 ** n
    heapq.heapify(heap)
    while len(heap) > 1:
        a, i, left = heapq.heappop(heap)
        b, j, right = heapq.heappop(heap)
        for k in left:
            words[k] = '0' + words[k]
        for k in right:
            words[k] = '1' + words[k]
        heapq.heappush(heap, (a + b, j, left + right))
    return words

#: right halves | the results halved again and again
def ternary_code(n):
    def words(count):
        if count == 1:
            return ['']
        half = count // 2
        return ['0' + w for w in words(half)] + ['1' + w for w in words(count - half)]

    return words(3 ** n)

#: right numpy | NumPy's binary_repr
def ternary_code(n):
    width = len(numpy.binary_repr(3 ** n - 1))
    return [numpy.binary_repr(i, width) for i in range(3 ** n)]

#: wrong base_3 | [other_signs] the digits 0, 1 and 2
import itertools


def ternary_code(n):
    return [''.join(word) for word in itertools.product('012', repeat=n)]

#: wrong python_bin | [prefix_of_python] bin() as it is
def ternary_code(n):
    return [bin(i) for i in range(3 ** n)]

#: wrong numbers | [numbers] numbers for words
def ternary_code(n):
    return list(range(3 ** n))

#: wrong tuples | [lists_of_bits] tuples of bits
import itertools
import math


def ternary_code(n):
    return list(itertools.product('01', repeat=math.ceil(n * math.log2(3))))[:3 ** n]

#: wrong floor | [cuts_the_length] the length rounded down
import itertools
import math


def ternary_code(n):
    return [''.join(bits) for bits in itertools.product('01', repeat=int(n * math.log2(3)))][:3 ** n]

#: wrong floor_filled | [cuts_the_length] filled up to a length that is too small
import math


def ternary_code(n):
    return [f"{i:0{int(n * math.log2(3))}b}" for i in range(3 ** n)]

#: wrong one | [one_observation] the words of one observation
def ternary_code(n):
    return ['0', '10', '11']

#: wrong three_times_n | [three_times_n] 3 · n words
def ternary_code(n):
    length = (3 * n).bit_length()
    return [f"{i:0{length}b}" for i in range(3 * n)]

#: wrong n_cubed | [cubes] n ** 3
def ternary_code(n):
    length = (n ** 3).bit_length()
    return [f"{i:0{length}b}" for i in range(n ** 3)]

#: wrong all | [all_strings] all strings of the length
import itertools
import math


def ternary_code(n):
    return [''.join(bits) for bits in itertools.product('01', repeat=math.ceil(n * math.log2(3)))]

#: wrong repeated | [repeats] numbers cut to the last bits
import math


def ternary_code(n):
    length = int(n * math.log2(3))
    return [f"{i % 2 ** length:0{length}b}" for i in range(3 ** n)]

#: wrong no_zeros | [no_leading_zeros] base 2 without zeros in front
def ternary_code(n):
    return [f"{i:b}" for i in range(3 ** n)]

#: wrong not_prefix_free | [begins_another] 0, 1 and 01 put one behind the other with a sign too few
import itertools


def ternary_code(n):
    words, length = [], 1
    while len(words) < 3 ** n:
        words += [''.join(w) for w in itertools.product('01', repeat=length)]
        length += 1
    return words[:3 ** n]

#: wrong concatenated | [word_for_word] 0, 10 and 11 for each observation
import itertools


def ternary_code(n):
    return [''.join(words) for words in itertools.product(['0', '10', '11'], repeat=n)]

#: wrong two_bits | [two_bits_each] two bits for each observation
import itertools


def ternary_code(n):
    return [''.join(words) for words in itertools.product(['00', '01', '10'], repeat=n)]

#: wrong counted | [unary] as many ones as the number says
def ternary_code(n):
    return ['1' * i + '0' for i in range(3 ** n)]

#: wrong rounded_up_more | [too_many_digits] one bit too many
import math


def ternary_code(n):
    return [f"{i:0{math.ceil(n * math.log2(3)) + 1}b}" for i in range(3 ** n)]

#: wrong generator | [generator_not_run] yield
def ternary_code(n):
    for i in range(3 ** n):
        yield f"{i:0{2 * n}b}"

#: wrong dictionary | a dictionary from result to word
import math


def ternary_code(n):
    return {i: f"{i:0{math.ceil(n * math.log2(3))}b}" for i in range(3 ** n)}

#: right split | a tree that is split in halves
def ternary_code(n):
    def words(k):
        if k == 1:
            return [""]
        return ["0" + w for w in words(k // 2)] + ["1" + w for w in words(k - k // 2)]

    return words(3**n)

#: wrong bytes | bytes for strings
def ternary_code(n):
    w = math.ceil(n * math.log2(3))
    return [format(i, f"0{w}b").encode() for i in range(3**n)]

#: wrong going_on | a list that goes on from call to call
words_so_far = []


def ternary_code(n):
    w = math.ceil(n * math.log2(3))
    for i in range(3**n):
        words_so_far.append(format(i, f"0{w}b"))
    return words_so_far

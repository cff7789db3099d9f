#: right book | a list of names, and int()
def get_fashion_mnist_labels(labels):
    text_labels = ['t-shirt', 'trouser', 'pullover', 'dress', 'coat',
                   'sandal', 'shirt', 'sneaker', 'bag', 'ankle boot']
    return [text_labels[int(i)] for i in labels]

#: right loop | append, capital letters
def get_fashion_mnist_labels(labels):
    names = ["T-shirt", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"]
    result = []
    for label in labels:
        result.append(names[int(label)])
    return result

#: right dictionary | a dictionary, and a tuple
def get_fashion_mnist_labels(labels):
    names = {0: "t-shirt", 1: "trouser", 2: "pullover", 3: "dress", 4: "coat",
             5: "sandal", 6: "shirt", 7: "sneaker", 8: "bag", 9: "ankle boot"}
    return tuple(names[int(label)] for label in labels)

#: right mapped | map
NAMES = "t-shirt trouser pullover dress coat sandal shirt sneaker bag ankle".split()
NAMES[-1] += " boot"


def get_fashion_mnist_labels(labels):
    return list(map(lambda label: NAMES[int(label)], labels))

#: right in_numpy | indexed by a NumPy array
def get_fashion_mnist_labels(labels):
    names = numpy.array(['t-shirt', 'trouser', 'pullover', 'dress', 'coat',
                         'sandal', 'shirt', 'sneaker', 'bag', 'ankle boot'])
    labels = labels.asnumpy() if isinstance(labels, np.ndarray) else numpy.array(labels)
    return names[labels.astype(int)]

#: right kit | what the kit has
def get_fashion_mnist_labels(labels):
    from grader.data import fashion_mnist
    return fashion_mnist.labels_to_names(labels)

#: right generator | gathered from a generator, spaces around the names
def names_one_by_one(labels):
    names = "t-shirt, trouser, pullover, dress, coat, sandal, shirt, sneaker, bag, ankle boot".split(",")
    for i in labels:
        yield names[int(float(i))]


def get_fashion_mnist_labels(labels):
    return [*names_one_by_one(labels)]

#: wrong one_based | [counts_from_1] minus 1
def get_fashion_mnist_labels(labels):
    text_labels = ['t-shirt', 'trouser', 'pullover', 'dress', 'coat',
                   'sandal', 'shirt', 'sneaker', 'bag', 'ankle boot']
    return [text_labels[int(i) - 1] for i in labels]

#: wrong sorted_names | [alphabetical] in alphabetical order
def get_fashion_mnist_labels(labels):
    text_labels = ['ankle boot', 'bag', 'coat', 'dress', 'pullover', 'sandal', 'shirt', 'sneaker', 't-shirt', 'trouser']
    return [text_labels[int(i)] for i in labels]

#: wrong shoes | [swaps_sandal_and_sneaker] two names swapped
def get_fashion_mnist_labels(labels):
    text_labels = ['t-shirt', 'trouser', 'pullover', 'dress', 'coat',
                   'sneaker', 'shirt', 'sandal', 'bag', 'ankle boot']
    return [text_labels[int(i)] for i in labels]

#: wrong zalando | [authors_names] names as Zalando has them
def get_fashion_mnist_labels(labels):
    text_labels = ["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat",
                   "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"]
    return [text_labels[int(i)] for i in labels]

#: wrong plain_index | [arrays_as_indices] the label itself as the index
def get_fashion_mnist_labels(labels):
    text_labels = ['t-shirt', 'trouser', 'pullover', 'dress', 'coat',
                   'sandal', 'shirt', 'sneaker', 'bag', 'ankle boot']
    return [text_labels[i] for i in labels]

#: wrong items | [arrays_as_indices] item() of a float is a float
def get_fashion_mnist_labels(labels):
    text_labels = ['t-shirt', 'trouser', 'pullover', 'dress', 'coat',
                   'sandal', 'shirt', 'sneaker', 'bag', 'ankle boot']
    return [text_labels[i.item() if hasattr(i, "item") else i] for i in labels]

#: wrong mxnet_alone | [arrays_alone] asnumpy of whatever comes
def get_fashion_mnist_labels(labels):
    text_labels = ['t-shirt', 'trouser', 'pullover', 'dress', 'coat',
                   'sandal', 'shirt', 'sneaker', 'bag', 'ankle boot']
    return [text_labels[i] for i in labels.asnumpy().astype(int)]

#: wrong nine | [no_tenth_name] a name forgotten
def get_fashion_mnist_labels(labels):
    text_labels = ['t-shirt', 'trouser', 'pullover', 'dress', 'coat', 'sandal', 'shirt', 'sneaker', 'ankle boot']
    return [text_labels[int(i)] for i in labels]

#: wrong places | [names_of_places] enumerate, the wrong one of the two
def get_fashion_mnist_labels(labels):
    text_labels = ['t-shirt', 'trouser', 'pullover', 'dress', 'coat',
                   'sandal', 'shirt', 'sneaker', 'bag', 'ankle boot']
    return [text_labels[i % 10] for i, _ in enumerate(labels)]

#: wrong by_place | [names_of_places] range(len(…)), and the label forgotten
def get_fashion_mnist_labels(labels):
    text_labels = ['t-shirt', 'trouser', 'pullover', 'dress', 'coat',
                   'sandal', 'shirt', 'sneaker', 'bag', 'ankle boot']
    names = []
    for i in range(len(labels)):
        names.append(text_labels[i])
    return names

#: wrong early_return | [first_text_alone] return inside the loop
def get_fashion_mnist_labels(labels):
    text_labels = ['t-shirt', 'trouser', 'pullover', 'dress', 'coat',
                   'sandal', 'shirt', 'sneaker', 'bag', 'ankle boot']
    result = []
    for i in labels:
        result.append(text_labels[int(i)])
        return result
    return result

#: wrong overwritten | [last_text_alone] the list made anew in each turn
def get_fashion_mnist_labels(labels):
    text_labels = ['t-shirt', 'trouser', 'pullover', 'dress', 'coat',
                   'sandal', 'shirt', 'sneaker', 'bag', 'ankle boot']
    names = []
    for i in labels:
        names = [text_labels[int(i)]]
    return names

#: wrong as_set | [texts_sorted] each name once, sorted
def get_fashion_mnist_labels(labels):
    text_labels = ['t-shirt', 'trouser', 'pullover', 'dress', 'coat',
                   'sandal', 'shirt', 'sneaker', 'bag', 'ankle boot']
    return sorted({text_labels[int(i)] for i in labels})

#: wrong unique | [each_text_once] each name once
def get_fashion_mnist_labels(labels):
    text_labels = ['t-shirt', 'trouser', 'pullover', 'dress', 'coat',
                   'sandal', 'shirt', 'sneaker', 'bag', 'ankle boot']
    return list(dict.fromkeys(text_labels[int(i)] for i in labels))

#: wrong joined | [one_text] one text
def get_fashion_mnist_labels(labels):
    text_labels = ['t-shirt', 'trouser', 'pullover', 'dress', 'coat',
                   'sandal', 'shirt', 'sneaker', 'bag', 'ankle boot']
    return ", ".join(text_labels[int(i)] for i in labels)

#: wrong printed | [returns_nothing] print
def get_fashion_mnist_labels(labels):
    text_labels = ['t-shirt', 'trouser', 'pullover', 'dress', 'coat',
                   'sandal', 'shirt', 'sneaker', 'bag', 'ankle boot']
    print([text_labels[int(i)] for i in labels])

#: wrong lazy | [generator_not_run] parentheses instead of brackets
def get_fashion_mnist_labels(labels):
    text_labels = ['t-shirt', 'trouser', 'pullover', 'dress', 'coat',
                   'sandal', 'shirt', 'sneaker', 'bag', 'ankle boot']
    return (text_labels[int(i)] for i in labels)

#: wrong the_labels | [numbers] the labels themselves
def get_fashion_mnist_labels(labels):
    return [int(i) for i in labels]

#: wrong keeps_earlier_names | a list that grows with each call
found = []


def get_fashion_mnist_labels(labels):
    t = ['t-shirt', 'trouser', 'pullover', 'dress', 'coat', 'sandal', 'shirt', 'sneaker', 'bag', 'ankle boot']
    for i in labels:
        found.append(t[int(i)])
    return found

#: wrong none_for_none | [returns_nothing] None where there are no labels
def get_fashion_mnist_labels(labels):
    t = ['t-shirt', 'trouser', 'pullover', 'dress', 'coat', 'sandal', 'shirt', 'sneaker', 'bag', 'ankle boot']
    if len(labels) == 0:
        return None
    return [t[int(i)] for i in labels]

#: right enumeration | an Enum, and names made of its members'
import enum


class Cloth(enum.Enum):
    t_shirt = 0
    trouser = 1
    pullover = 2
    dress = 3
    coat = 4
    sandal = 5
    shirt = 6
    sneaker = 7
    bag = 8
    ankle_boot = 9


def get_fashion_mnist_labels(labels):
    return [Cloth(int(i)).name.replace('t_shirt', 't-shirt').replace('_', ' ') for i in labels]

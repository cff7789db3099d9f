#: right eye | rows of the identity matrix
def one_hot(y, num_classes):
    return np.eye(num_classes)[y.astype('int32')]

#: right eye_as_is | labels as they come
def one_hot(y, num_classes):
    return np.eye(num_classes)[y]

#: right library | npx.one_hot
def one_hot(y, num_classes):
    return npx.one_hot(y, num_classes)

#: right fancy | zeros, and ones where they belong
def one_hot(y, num_classes):
    o = np.zeros((len(y), num_classes))
    o[np.arange(len(y)), y] = 1
    return o

#: right compared | a comparison with all class numbers
def one_hot(y, num_classes):
    return (y.astype('float32').reshape(-1, 1) == np.arange(num_classes)).astype('float32')

#: right loop | a loop over the rows
def one_hot(y, num_classes):
    o = np.zeros((y.shape[0], num_classes))
    for i, k in enumerate(y.tolist()):
        o[i, int(k)] = 1.0
    return o

#: right lists | nested lists
def one_hot(y, num_classes):
    return np.array([[1.0 if int(k) == j else 0.0 for j in range(num_classes)] for k in y.tolist()])

#: right take | np.take
def one_hot(y, num_classes):
    return np.take(np.eye(num_classes), y, axis=0)

#: right numpy | NumPy, and back
def one_hot(y, num_classes):
    return np.array(numpy.identity(num_classes)[y.asnumpy().astype(int)])

#: right every_entry | a loop over all entries
def one_hot(y, num_classes):
    o = np.zeros((len(y), num_classes))
    for i in range(len(y)):
        for j in range(num_classes):
            if y[i] == j:
                o[i, j] = 1
    return o

#: wrong from_max | [classes_that_come_up] as many columns as the largest label
def one_hot(y, num_classes):
    y = y.astype('int32')
    return np.eye(int(y.max()) + 1)[y]

#: wrong unique | [numbers_labels_anew] the labels that come up
def one_hot(y, num_classes):
    found = sorted(set(y.tolist()))
    return np.array([[1.0 if k == j else 0.0 for j in found] for k in y.tolist()])

#: wrong one_based | [counts_from_one] y − 1 as an index
def one_hot(y, num_classes):
    return np.eye(num_classes)[y.astype('int32') - 1]

#: wrong one_based_library | [leaves_class_0_empty] y − 1 in npx.one_hot
def one_hot(y, num_classes):
    return npx.one_hot(y - 1, num_classes)

#: wrong transposed | [examples_in_columns] (q, n)
def one_hot(y, num_classes):
    return npx.one_hot(y, num_classes).T

#: wrong eye_of_n | [identity] the identity matrix
def one_hot(y, num_classes):
    return np.eye(len(y))

#: wrong value | [stores_the_label] the label in its place
def one_hot(y, num_classes):
    o = np.zeros((len(y), num_classes))
    for i in range(len(y)):
        o[i, int(y[i])] = float(y[i])
    return o

#: wrong all_rows | [marks_all_rows] o[:, y] = 1
def one_hot(y, num_classes):
    o = np.zeros((len(y), num_classes))
    o[:, y.astype('int32')] = 1
    return o

#: wrong one_row | [one_row_for_all] one vector for all
def one_hot(y, num_classes):
    o = np.zeros(num_classes)
    for k in y.tolist():
        o[int(k)] = 1
    return o

#: wrong unequal | [zero_at_the_label] != for ==
def one_hot(y, num_classes):
    return (y.astype('float32').reshape(-1, 1) != np.arange(num_classes)).astype('float32')

#: wrong ordinal | [marks_all_below] classes with an order
def one_hot(y, num_classes):
    return (y.astype('float32').reshape(-1, 1) >= np.arange(num_classes)).astype('float32')

#: wrong ten | [ten_classes] ten columns
def one_hot(y, num_classes):
    return npx.one_hot(y, 10)

#: wrong returns_in_loop | [first_label_alone] return inside the loop
def one_hot(y, num_classes):
    o = np.zeros((len(y), num_classes))
    for i, k in enumerate(y.tolist()):
        o[i, int(k)] = 1
        return o

#: wrong booleans | [not_floats] a comparison
def one_hot(y, num_classes):
    return y.astype('float32').reshape(-1, 1) == np.arange(num_classes)

#: wrong integers | [not_floats] an integer dtype
def one_hot(y, num_classes):
    return npx.one_hot(y, num_classes, dtype='int32')

#: wrong one_dtype | [labels_of_one_dtype, not_floats] integer labels compared with floats
def one_hot(y, num_classes):
    return y.reshape(-1, 1) == np.arange(num_classes)

#: wrong range_of_n | [labels_of_one_dtype] labels as Python's indices
def one_hot(y, num_classes):
    rows = [[0.0] * num_classes for _ in range(len(y))]
    for row, k in zip(rows, y.tolist()):
        row[k] = 1.0
    return np.array(rows)

#: wrong nested | [wrong_container] nested lists
def one_hot(y, num_classes):
    return [[1.0 if int(k) == j else 0.0 for j in range(num_classes)] for k in y.tolist()]

#: wrong keepdims | [extra_axis] one axis too many
def one_hot(y, num_classes):
    return npx.one_hot(y.reshape(-1, 1), num_classes)

#: right hat | a hat function of the distance from each class
def one_hot(y, num_classes):
    distance = np.abs(np.expand_dims(y.astype("float32"), 1) - np.arange(num_classes))
    return np.maximum(1 - distance, 0)

#: right called | an object that is called
class OneHot:
    def __call__(self, y, num_classes):
        eye = np.eye(num_classes)
        return np.stack([eye[int(k)] for k in y])


one_hot = OneHot()

#: wrong changes_the_labels | [changes_y] the caller's labels overwritten
def one_hot(y, num_classes):
    rows = npx.one_hot(y, num_classes)
    for c in range(num_classes):
        y[:] = np.where(y == c, np.zeros_like(y), y)
    return rows

#: wrong eight_bits | labels in eight bits
def one_hot(y, num_classes):
    return npx.one_hot(y.astype('uint8'), num_classes)

#: wrong buffer | rows kept from one call to the next
rows_so_far = {}


def one_hot(y, num_classes):
    rows = rows_so_far.setdefault((len(y), num_classes), np.zeros((len(y), num_classes)))
    for i in range(len(y)):
        rows[i, int(y[i])] = 1
    return rows

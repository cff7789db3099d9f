"""Wrong versions of `sgd` that the values of one parameter do not give away; the others are in misconceptions.py."""

from __future__ import annotations

from grader.checking import Misconception

REPLACES_ENTRIES = Misconception(
    "replaces_entries",
    "the list gets new arrays, while the caller's own arrays stay as they were",
    "Write into each array, param[:] = …, and leave the list alone.",
)
CHANGES_THE_LIST = Misconception(
    "changes_the_list",
    "the list of parameters is itself changed: entries are taken out, added or moved",
    "Go through params with a for loop, and leave the list as it is: pop() and the like are for lists of one's own.",
)
RETURNS_NEW_ARRAYS = Misconception(
    "returns_new_arrays",
    "new arrays are returned, while the caller's own arrays stay as they were",
    "Nobody reads what sgd returns: write into each array, param[:] = ….",
)
ZEROES_GRADIENT_FIRST = Misconception(
    "zeroes_gradient_first",
    "the gradient is set to 0 before the step, so that there is no step",
    "Take the step first. MXNet overwrites the gradient in every backward(), so that zeroing it is not needed at all.",
)
CHANGES_THE_GRADIENT = Misconception(
    "changes_the_gradient",
    "the new value is written into the gradient instead of the parameter",
    "Which array stands on the left of the assignment?",
)
UPDATES_GLOBALS = Misconception(
    "updates_globals",
    "the global W and b are updated, not the parameters that are given",
    "Go through params: which arrays they are is the caller's affair.",
)
ONLY_FIRST_PARAMETER = Misconception(
    "only_first_parameter",
    "the first parameter takes the step and the others stay as they were",
    "Look at how far the lines after the for are indented: a return inside the loop ends it after its first turn.",
)
ONLY_LAST_PARAMETER = Misconception(
    "only_last_parameter",
    "the last parameter takes the step and the others stay as they were",
    "What every parameter needs is to stand inside the loop, not after it.",
)
FIRST_PARAMETER_STAYS = Misconception(
    "first_parameter_stays",
    "the first parameter stays as it was, while all others take the step",
    "Indices start at 0.",
)
LAST_PARAMETER_STAYS = Misconception(
    "last_parameter_stays",
    "the last parameter stays as it was, while all others take the step",
    "range(len(params)) goes up to the last index, without any - 1.",
)
EVERY_OTHER_PARAMETER = Misconception(
    "every_other_parameter",
    "every other parameter takes the step, and those between stay as they were",
    "One loop over params, without a step of 2.",
)
FEW_PARAMETERS = Misconception(
    "few_parameters",
    "the first few parameters take the step, and all others stay as they were",
    "A loop over params works for any number of them.",
)
PARAMETERS_OF_SOME_SHAPES = Misconception(
    "parameters_of_some_shapes",
    "parameters of some shapes take the step, and others stay as they were: matrices or vectors alone, or none of one "
    "entry",
    "All parameters follow the same rule: look for a condition on the shape, the number of axes or the size.",
)
ONE_GRADIENT_FOR_ALL = Misconception(
    "one_gradient_for_all",
    "all parameters move along the gradient of the first one",
    "Each parameter has a gradient of its own: param.grad.",
)
SHRINKS_LR_IN_LOOP = Misconception(
    "shrinks_lr_in_loop",
    "the step is divided by the batch size once for the first parameter, twice for the second, and so on",
    "lr = lr / batch_size inside the loop makes lr smaller with each parameter: compute it before the loop.",
)
MOMENTUM = Misconception(
    "momentum",
    "the second step has a part of the first one in it (momentum, or gradients that are added up)",
    "A step depends on the gradient of this minibatch alone: keep nothing from one call to the next.",
)
DEPENDS_ON_EARLIER_CALLS = Misconception(
    "depends_on_earlier_calls",
    "a step depends on the calls before it: the same parameters, gradients and figures come to something else later",
    "Keep nothing from one call to the next.",
)
DRAWS_AT_RANDOM = Misconception(
    "draws_at_random",
    "chance comes in: the same parameters, gradients and figures come to something else with other random numbers",
    "A step is computed, and nothing is drawn; what is random about SGD is the choice of the examples.",
)
REMEMBERS_THE_STEP = Misconception(
    "remembers_the_step",
    "a parameter moves by the step of another one, or of an earlier call, that has the same shape",
    "Compute the step from the gradient as it is now, for each parameter and in each call.",
)
USES_FIRST_FIGURES = Misconception(
    "uses_first_figures",
    "the learning rate or the batch size of the first call is used again in all others",
    "Use the arguments of each call: nothing is to be kept from one call to the next.",
)
REATTACHES = Misconception(
    "reattaches",
    "the gradient's buffer is attached anew, in such a way that the next backward() adds to it, or does not fill it",
    "attach_grad() is needed once, where a parameter is made, and not in sgd.",
)
ASSIGNS_TO_ENTRIES = Misconception(
    "assigns_to_entries",
    "an entry of params is assigned to, which a tuple does not allow; params[i] -= … does so after its step, too",
    "for param in params, and param[:] = … or param -= …, which leave params itself alone.",
)
TAKES_NO_STEP = Misconception(
    "takes_no_step",
    "the parameters stay as they were: what would write into them is never run, or writes into something else",
    "A map(…) or a generator does nothing until something goes through it, and a copy is another array.",
)
WRONG_LENGTH = Misconception(
    "wrong_length",
    "the step goes along the gradient, as it should, but is not lr / batch_size times as long",
    "Which numbers is the gradient multiplied by, and divided by? Each of them has to come from the arguments.",
)
IGNORES_SMALL_GRADIENTS = Misconception(
    "ignores_small_gradients",
    "gradients that are nearly 0 are taken for 0: there is no step where the slope is gentle",
    "Use the gradient as it is; near the minimum it is small, and still shows the way.",
)
TWO_PARAMETERS_ONLY = Misconception(
    "two_parameters_only",
    "params is taken apart into a fixed number of parameters",
    "A loop over params works for any number of them.",
)
TORCH_HABITS = Misconception(
    "torch_habits",
    "a parameter or its gradient is used as in PyTorch, which MXNet's arrays do not know",
    "param[:] = … writes into the array, param.grad[:] = 0 zeroes the gradient; there is no .data and no .zero_().",
)
RECORDS_THE_STEP = Misconception(
    "records_the_step",
    "the step is taken inside autograd.record(), where arrays with a gradient cannot be written to",
    "Only the loss is recorded: leave autograd.record() out of sgd.",
)
TREATS_PARAMS_AS_ARRAY = Misconception(
    "treats_params_as_array",
    "params is used as if it were one array with one gradient; it is a list of arrays",
    "Go through it: for param in params.",
)
CALLS_THE_GRADIENT = Misconception(
    "calls_the_gradient",
    "grad is called like a function; it is an array",
    "param.grad, without parentheses.",
)
INDEXES_WITH_PARAMETERS = Misconception(
    "indexes_with_parameters",
    "a parameter is used as an index into params",
    "for param in params gives the arrays themselves; range(len(params)) gives their indices.",
)
LOOPS_OVER_A_NUMBER = Misconception(
    "loops_over_a_number",
    "the loop runs over a number",
    "for param in params, or for i in range(len(params)).",
)

DIVIDES_WITH_FLOOR = Misconception(
    "divides_with_floor",
    "// is used on an array; MXNet's arrays do not know it, and whole numbers are not wanted either",
    "Python's / and // are two different divisions.",
)

FAILURES = (
    (r"for //", DIVIDES_WITH_FLOOR),
    (r"values to unpack", TWO_PARAMETERS_ONLY),
    (r"has no attribute '?(data|zero_|zero_grad|add_|sub_|requires_grad|requires_grad_)\b", TORCH_HABITS),
    (r"[Ii]nplace operations.*recording|already in a computational graph", RECORDS_THE_STEP),
    (r"'tuple' object does not support item assignment", ASSIGNS_TO_ENTRIES),
    (r"'(list|tuple)' object has no attribute 'grad'", TREATS_PARAMS_AS_ARRAY),
    (r"'(NDArray|ndarray|numpy\.ndarray)' object is not callable", CALLS_THE_GRADIENT),
    (r"indices must be integers or slices, not (NDArray|ndarray)", INDEXES_WITH_PARAMETERS),
    (r"'int' object is not iterable", LOOPS_OVER_A_NUMBER),
)

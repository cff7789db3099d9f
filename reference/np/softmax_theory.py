"""Section 3.4, the theory of softmax regression: its formulas, and those of its exercises.

All logarithms are natural. ``python -m reference.np.softmax_theory`` prints the numbers that the text names.
"""

import math

from mxnet import np, npx

from reference.np.softmax_regression import softmax


def one_hot(y: np.ndarray, num_classes: int) -> np.ndarray:
    """Return (n, num_classes), float32: zeros, and a 1 in row i at label y[i]; y (n,), whole. (Section 3.4.1)"""
    return npx.one_hot(y, num_classes)


def surprisal(p: np.ndarray) -> np.ndarray:
    """Return −log p for each probability in p, of any shape. (Section 3.4.3)"""
    return -np.log(p)


def entropy(p: np.ndarray) -> float:
    """Return H[p] for the distribution p (q,); what never happens (p = 0) surprises nobody. (3.4.11)"""
    return cross_entropy_between(p, p)


def cross_entropy_between(p: np.ndarray, q: np.ndarray) -> float:
    """Return H(p, q), the mean surprisal of one who expects q where p is true; both (k,), q > 0 where p > 0. (3.4.10)

    A zero of p counts as nothing: q is replaced by 1 there, whose logarithm is 0.
    """
    return float(np.dot(p, surprisal(np.where(p > 0, q, np.ones_like(q)))))


def kl_divergence(p: np.ndarray, q: np.ndarray) -> float:
    """Return D(p‖q) = H(p, q) − H[p], computed as the mean of log p/q under p; both (k,). (3.4.12)"""
    ones = np.ones_like(p)
    return float(np.dot(p, np.log(np.where(p > 0, p, ones) / np.where(p > 0, q, ones))))


def softmax_gradient(o: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Return the gradient, (n, q), of each example's cross-entropy at its logits o (n, q); labels y (n,). (3.4.9)"""
    return softmax(o) - one_hot(y, o.shape[1])


def softmax_hessian(o: np.ndarray) -> np.ndarray:
    """Return the second derivative of the cross-entropy at logits o (q,), (q, q); no label matters. (Exercise 3)"""
    return categorical_variance(softmax(o.reshape(1, -1))[0])


def categorical_variance(p: np.ndarray) -> np.ndarray:
    """Return the covariance diag(p) − ppᵀ, (q, q), of a one-hot vector drawn from p (q,). (Exercise 3)"""
    return np.diag(p) - np.outer(p, p)


def real_softmax(x: np.ndarray, lam: float = 1.0) -> float:
    """Return log Σexp(λx) / λ for x (q,), λ > 0: just above the maximum. (Exercise 5)

    With the maximum taken away first no exponential overflows, and one of them is 1.
    """
    largest = x.max()
    return float(largest + np.log(np.exp(lam * (x - largest)).sum()) / lam)


def soft_min(x: np.ndarray, lam: float = 1.0) -> float:
    """Return −log Σexp(−λx) / λ for x (q,), λ > 0: just below the minimum. (Exercise 5)"""
    return -real_softmax(-x, lam)


def ternary_code(n: int) -> list[str]:
    """Return a prefix-free word of bits for each sequence of n out of three equally likely classes. (Exercise 4)

    Of 3ⁿ words as many as possible have ⌊log₂ 3ⁿ⌋ bits, the others one more: no prefix code is shorter on average.
    """
    count = 3**n
    bits = count.bit_length() - 1
    short = 2 ** (bits + 1) - count
    return [f"{i:0{bits}b}" for i in range(short)] + [f"{i:0{bits + 1}b}" for i in range(2 * short, count + short)]


def main() -> None:
    """Print the numbers that the section's text and exercises name."""
    print("softmax of log (0.1, 0.8, 0.1):", softmax(np.log(np.array([[0.1, 0.8, 0.1]])))[0])
    print("most likely: category", int(np.array([0.1, 0.8, 0.1]).argmax()) + 1)
    print("weights and biases of 4 features, 3 classes:", np.zeros((4, 3)).size, np.zeros(3).size)
    print(f"1 nat is {1 / math.log(2):.2f} bit")
    thirds = np.ones(3) / 3
    print(f"entropy of three equal classes: {entropy(thirds):.4f} nat, {entropy(thirds) / math.log(2):.4f} bit")
    for n in range(1, 7):
        words = ternary_code(n)
        print(f"{n} at once: {sum(map(len, words)) / len(words) / n:.4f} bits each")


if __name__ == "__main__":
    main()

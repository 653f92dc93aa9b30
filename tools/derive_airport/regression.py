"""Weighted least squares."""

from collections.abc import Sequence

Observation = tuple[Sequence[float], float, float]      # regressors, response, weight


def least_squares(observations: Sequence[Observation]) -> list[float]:
    """The coefficients, by the normal equations; the intercept comes first."""
    size = len(observations[0][0]) + 1
    system = [[0.0] * (size + 1) for _ in range(size)]
    for regressors, response, w in observations:
        line = [1.0, *regressors, response]
        for i in range(size):
            for j in range(size + 1):
                system[i][j] += w * line[i] * line[j]
    for i in range(size):
        pivot = max(range(i, size), key=lambda k: abs(system[k][i]))
        system[i], system[pivot] = system[pivot], system[i]
        for k in range(size):
            if k != i:
                factor = system[k][i] / system[i][i]
                system[k] = [a - factor * b for a, b in zip(system[k], system[i])]
    return [system[i][size] / system[i][i] for i in range(size)]

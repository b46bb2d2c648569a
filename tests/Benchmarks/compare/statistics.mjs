// What is made of many measured times, and how a cost grows with a size.

/** The value below which the share `p` of the values lies. */
export const percentile = (values, p) => [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.ceil(p * values.length) - 1)];

export const median = (values) => percentile(values, 0.5);

/** A cost that is not this many times as much at the largest size as at the smallest does not grow with the size as far as can be told. */
const leastGrowth = 2;

/**
 * By which power of its size a cost grows: the k of c + b·size^k, where c is a fixed part that is not negative. For each k the best c and b are
 * those of the least squares of relative errors; the k whose errors are least is taken.
 * @param points Pairs of a size and what it costs.
 * @returns The power, 0 if the cost does not grow; null with fewer than two sizes.
 */
export function exponent(points) {
  const usable = points.filter(([, y]) => typeof y === 'number' && y > 0).sort(([a], [b]) => a - b);
  if (usable.length < 2) {
    return null;
  }

  const costs = usable.map(([, y]) => y);
  if (Math.max(...costs) < leastGrowth * costs[0]) {
    return 0;
  }

  if (usable.length < 4) {
    return slope(usable);
  }

  const powers = Array.from({ length: 300 }, (_, i) => (i + 1) / 100);
  return powers.map((k) => ({ k, error: errorOf(usable, k) })).reduce((best, one) => (one.error < best.error ? one : best)).k;
}

/** The line through the logarithms, of too few points for a fixed part. */
function slope(points) {
  const logs = points.map(([x, y]) => [Math.log(x), Math.log(y)]);
  const mean = (index) => logs.reduce((sum, p) => sum + p[index], 0) / logs.length;
  const [mx, my] = [mean(0), mean(1)];
  return logs.reduce((sum, [x, y]) => sum + (x - mx) * (y - my), 0) / logs.reduce((sum, [x]) => sum + (x - mx) ** 2, 0);
}

/** The sum of the squared relative errors of the best c + b·x^k with c and b not negative. */
function errorOf(points, k) {
  // Relative to y, the cost is c·(1/y) + b·(x^k/y), and should be 1.
  const rows = points.map(([x, y]) => [1 / y, x ** k / y]);
  const sum = (f) => rows.reduce((total, row) => total + f(row), 0);
  const [pp, pq, qq] = [sum(([p]) => p * p), sum(([p, q]) => p * q), sum(([, q]) => q * q)];
  const [p1, q1] = [sum(([p]) => p), sum(([, q]) => q)];
  const determinant = pp * qq - pq * pq;
  let c = (p1 * qq - q1 * pq) / determinant;
  let b = (pp * q1 - pq * p1) / determinant;
  if (!(c >= 0)) {
    [c, b] = [0, q1 / qq];
  } else if (!(b >= 0)) {
    [c, b] = [p1 / pp, 0];
  }

  return sum(([p, q]) => (c * p + b * q - 1) ** 2);
}

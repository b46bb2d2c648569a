// What the server is meant to reach, held against what was measured.
import { pipewright, forms } from './servers.mjs';
import { factoryFigures, figures, pointsOf, ratio, show, showRatio } from './figures.mjs';
import { exponent } from './statistics.mjs';

/** A power that is measured has noise in it. */
const linear = 1.1;

const nameOf = { spec: 'spec form', git: 'Git form' };

const figure = (title) => figures.find((f) => f.title === title).read;

/** A table of each aim, what was measured for it, and whether it is met. */
export function aimsTable(results) {
  const rows = [
    ...Object.keys(forms).flatMap((form) => ratios(results, form)),
    ...Object.keys(forms).flatMap((form) => completions(results, form)),
    ...factoryAims(results),
    growth(results),
  ].filter((row) => row.measured !== null);
  const lines = rows.map(({ aim, measured, isMet }) => `| ${aim} | ${measured} | ${isMet ? 'met' : '**not met**'} |`);
  return `| aim | measured | |\n| --- | --- | --- |\n${lines.join('\n')}`;
}

const ofForm = (results, form, isOurs) =>
  results.documents.filter((r) => r.form === form && !r.failure && (r.server === pipewright.name) === isOurs);

/** Over all sizes that both were measured at: the least and the most. */
function ratios(results, form) {
  const aims = [
    ['start to `initialize`', 10],
    ['start to first findings', 10],
    ['memory after six seconds of rest', 4],
  ];
  return aims.map(([title, least]) => {
    const found = ofForm(results, form, true)
      .map((ours) => {
        const theirs = ofForm(results, form, false).find((r) => r.size === ours.size);
        return theirs ? ratio(figure(title)(ours), figure(title)(theirs)) : null;
      })
      .filter((r) => r !== null);
    const [low, high] = [Math.min(...found), Math.max(...found)];
    return {
      aim: `${title}, ${nameOf[form]}: ${least} times less than ${forms[form].peer.name}, at every size`,
      measured: found.length === 0 ? null : `${showRatio(low)} to ${showRatio(high)}`,
      isMet: low >= least,
    };
  });
}

function completions(results, form) {
  const of = (size, isOurs) => ofForm(results, form, isOurs).find((r) => r.size === size);
  const [ours, theirs, large] = [of(11_000, true), of(11_000, false), of(50_000, true)];
  const middle = figure('edit to completion, median');
  const last = figure('edit to completion, p99');
  const between = ours && theirs ? ratio(middle(ours), middle(theirs)) : null;
  const within = (row, most, lines) => ({
    aim: `edit to completion in ${lines} lines, ${nameOf[form]}: p99 within ${most} ms`,
    measured: row ? `${show(last(row))} ms` : null,
    isMet: row && last(row) <= most,
  });
  return [
    {
      aim: `edit to completion in 11,000 lines, ${nameOf[form]}: 50 times less than ${forms[form].peer.name}`,
      measured: between === null ? null : showRatio(between),
      isMet: between >= 50,
    },
    within(ours, 16, '11,000'),
    within(large, 50, '50,000'),
  ];
}

function factoryAims(results) {
  const factory = results.factories.find((f) => f.size === 5_000 && !f.failure);
  const aims = [
    ['start to all findings', 3_000],
    ['memory then', 300],
    ['the same, p99', 30],
    ['a tenth of the files checked out', 1_000],
    ['processor time in 5 idle seconds', 0],
  ];
  return aims.map(([title, most]) => {
    const { unit, read } = factoryFigures.find((f) => f.title === title);
    const value = factory ? read(factory) : null;
    const name = title === 'the same, p99' ? 'edit to all findings that it changes, p99' : title;
    return {
      aim: `a factory of 5,000 resources, ${name}: ${most === 0 ? 'none' : `within ${most.toLocaleString('en')} ${unit}`}`,
      measured: value === null ? null : `${show(value)} ${unit}`,
      isMet: value <= most,
    };
  });
}

/** Of all that is drawn, what grows the most. */
function growth(results) {
  const documents = Object.keys(forms).flatMap((form) =>
    figures.map((f) => ({ name: `${f.title}, ${nameOf[form]}`, points: pointsOf(ofForm(results, form, true), f.read) })),
  );
  const factories = factoryFigures
    .filter((f) => f.plot)
    .map((f) => ({ name: `a factory's ${f.title}`, points: pointsOf(results.factories, f.read) }));
  const most = [...documents, ...factories]
    .filter(({ name }) => !name.includes('p99'))
    .map(({ name, points }) => ({ name, power: exponent(points) ?? 0 }))
    .reduce((a, b) => (b.power > a.power ? b : a));
  return {
    aim: 'nothing grows faster than its size',
    measured: `at most with the power ${most.power.toFixed(2)} (${most.name})`,
    isMet: most.power <= linear,
  };
}

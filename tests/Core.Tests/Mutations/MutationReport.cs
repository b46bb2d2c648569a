using System.Globalization;
using System.Text;

namespace Pipewright.Core.Tests.Mutations;

/// <summary>What became of all mistakes, by kind.</summary>
internal sealed class MutationReport(IReadOnlyCollection<Outcome> outcomes)
{
    public int Count => outcomes.Count;

    public double Share => ShareOf(outcomes);

    public IEnumerable<(Mutation Mutation, IReadOnlyList<Outcome> Outcomes)> ByKind => AllMutations.All
        .Select(m => (m, (IReadOnlyList<Outcome>)[.. outcomes.Where(o => o.Mutation == m)]));

    public static double ShareOf(IReadOnlyCollection<Outcome> some) => some.Count == 0 ? 1 : (double)some.Count(o => o.Verdict == Verdict.Found) / some.Count;

    /// <summary>The table of the documentation.</summary>
    public string ToMarkdown()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"""
            # Mutation tests

            {ByKind.Count(k => k.Outcomes.Count > 0)} kinds of mistakes that people make are seeded into real factories, in the Git form and in the spec form, one at a time. A mistake is
            found if a finding comes with it that was not there before, with a code that names it, at the place where it was made.

            In all {outcomes.Count(o => o.Verdict == Verdict.Found)} of {Count} are found: {Percent(Share)}. One mistake gives {Mean(o => o.Loud)} errors and warnings on average.

            Made by `tests/Core.Tests/Mutations` with `PIPEWRIGHT_MUTATION_REPORT` naming this file. A share of the files is tried, chosen by their names; `PIPEWRIGHT_MUTATIONS` says
            how many tries each kind gets in each form, 25 if it is not set, or `all`.

            | area | mistake | codes | tried | found |
            | --- | --- | --- | ---: | ---: |

            """);
        foreach (var (mutation, some) in ByKind.Where(k => k.Outcomes.Count > 0))
        {
            text.Append(CultureInfo.InvariantCulture, $"| {mutation.Area} | {mutation.Name.Replace("|", "\\|", StringComparison.Ordinal)} | {string.Join(", ", mutation.Codes)} | {some.Count} | {Percent(ShareOf(some))} |\n");
        }

        text.Append("\n## What is not found, and why\n\n");
        foreach (var (mutation, some) in ByKind.Where(k => k.Outcomes.Any(o => o.Verdict != Verdict.Found)))
        {
            text.Append(CultureInfo.InvariantCulture, $"- {mutation.Area}, {mutation.Name} ({some.Count(o => o.Verdict != Verdict.Found)} of {some.Count}): {mutation.Known?.Reason ?? "single cases."}\n");
        }

        return text.ToString();
    }

    /// <summary>For whoever drives the share up: each kind that is not wholly found with some of what is missed, and the noise.</summary>
    public string ToDetails(int examples)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{Percent(Share)} of {Count} found; {Mean(o => o.Loud)} findings a mistake; {outcomes.Count(o => o.IsCascade)} cascades\n");
        foreach (var (mutation, some) in ByKind)
        {
            var missed = some.Where(o => o.Verdict != Verdict.Found).ToList();
            var noisy = some.Where(o => o.IsCascade).ToList();
            var (git, spec) = (some.Where(o => !o.IsSpec).ToList(), some.Where(o => o.IsSpec).ToList());
            text.Append(CultureInfo.InvariantCulture, $"\n{mutation.Area}: {mutation.Name} [{string.Join(' ', mutation.Codes)}] git {git.Count} {Percent(ShareOf(git))}, spec {spec.Count} {Percent(ShareOf(spec))}; {noisy.Count} cascades, {some.Select(o => o.Loud).DefaultIfEmpty().Average():0.0} a mistake\n");
            foreach (var outcome in missed.Take(examples).Concat(noisy.Except(missed).Take(examples / 2)))
            {
                text.Append(CultureInfo.InvariantCulture, $"  {(outcome.Verdict == Verdict.Found ? "Cascade" : outcome.Verdict.ToString())} {outcome.Where}\n");
                foreach (var found in outcome.New.Take(outcome.IsCascade ? 7 : 4))
                {
                    text.Append(CultureInfo.InvariantCulture, $"      {found}\n");
                }
            }
        }

        return text.ToString();
    }

    private static string Percent(double share) => (Math.Floor(share * 1000) / 10).ToString("0.0", CultureInfo.InvariantCulture) + " %";

    private string Mean(Func<Outcome, int> count) => outcomes.Count == 0 ? "0" : outcomes.Average(count).ToString("0.0", CultureInfo.InvariantCulture);
}

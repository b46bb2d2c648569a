// What is wrong with a file of tests, given the factory: names of nothing, branches that are not there, values that are missing.
using System.Collections.Immutable;
using Pipewright.Core.Binding;
using Pipewright.Core.Factory;
using Pipewright.Core.Schema;
using Pipewright.Core.Simulation;
using Pipewright.Core.Text;

namespace Pipewright.Core.PipelineTests;

public static class PipelineTestFindings
{
    /// <summary>All but what the schema says, in text order.</summary>
    public static ImmutableArray<Diagnostic> Find(FactorySnapshot factory, ResourceDocument document) => Find(factory, PipelineTestFile.Read(document));

    /// <summary>The same of a file that has been read.</summary>
    public static ImmutableArray<Diagnostic> Find(FactorySnapshot factory, PipelineTestFile file) =>
    [
        .. file.Diagnostics
            .Concat(PipelineTestNames.Find(file.Document.Syntax).Select(n => CheckName(factory, n)).OfType<Diagnostic>())
            .Concat(file.Cases.SelectMany(c => c.Expectations.OfType<AspectExpectation>()).Select(e => CheckBranch(factory, e)).OfType<Diagnostic>())
            .Concat(file.Cases.Select(c => CheckParameters(factory, c)).OfType<Diagnostic>())
            .DistinctBy(d => (d.Code, d.Span)).OrderBy(d => d.Span.Start),
    ];

    private static Diagnostic? CheckName(FactorySnapshot factory, TestedName name)
    {
        switch (name.Kind)
        {
            case TestedKind.Pipeline or TestedKind.Trigger:
                var kind = name.Kind == TestedKind.Pipeline ? ResourceKind.Pipeline : ResourceKind.Trigger;
                return factory.Has(kind, name.Text) ? null : Report(PipelineTestDiagnostics.UnknownResource, name, $"The factory has no {TypeNames.Describe(kind)} '{name.Text}'.", factory.NamesOf(kind));
            case TestedKind.GlobalParameter:
                var global = factory.OfKind(ResourceKind.Factory).SelectMany(f => Declared.In(f.Resource.Properties, "globalParameters")).ToList();
                return global.Exists(g => IsSame(g.Name, name.Text)) ? null : Report(PipelineTestDiagnostics.UnknownName, name, $"The factory declares no global parameter '{name.Text}'.", global.Select(g => g.Name));
        }

        if (factory.Find(ResourceKind.Pipeline, name.Pipeline) is not [var pipeline, ..])
        {
            return null;
        }

        switch (name.Kind)
        {
            case TestedKind.Activity:
                var graph = new ActivityGraph(pipeline.Resource);
                return graph.Find(name.Text) is not null ? null : Report(
                    PipelineTestDiagnostics.UnknownActivity, name, $"The pipeline '{pipeline.Name}' has no activity '{name.Text}'.", graph.Named.Select(a => a.Name), FindElsewhere(factory, pipeline, name.Text));
            case TestedKind.Parameter:
                var parameters = Declared.Parameters(pipeline.Resource);
                return parameters.Any(p => IsSame(p.Name, name.Text)) ? null
                    : Report(PipelineTestDiagnostics.UnknownName, name, $"The pipeline '{pipeline.Name}' declares no parameter '{name.Text}'.", parameters.Select(p => p.Name));
            default:
                var variables = Declared.Variables(pipeline.Resource);
                return variables.Any(v => IsSame(v.Name, name.Text)) ? null
                    : Report(PipelineTestDiagnostics.UnknownName, name, $"The pipeline '{pipeline.Name}' declares no variable '{name.Text}'.", variables.Select(v => v.Name));
        }
    }

    /// <summary>The activity of that name in a pipeline that the tested one executes; null where there is none.</summary>
    private static string? FindElsewhere(FactorySnapshot factory, ResourceSymbol pipeline, string activity) => pipeline.FindReferences().Where(r => r.Kind == ResourceKind.Pipeline)
        .SelectMany(r => factory.Find(ResourceKind.Pipeline, r.Name.Text)).Where(p => new ActivityGraph(p.Resource).Find(activity) is not null).Select(p => $"{p.Name}{PipelineTestNames.Separator}{activity}").FirstOrDefault();

    private static Diagnostic? CheckBranch(FactorySnapshot factory, AspectExpectation expectation)
    {
        if (expectation is not { Aspect: Aspect.Branch, Activity: { } activity } || factory.Find(ResourceKind.Pipeline, activity.Pipeline) is not [var pipeline, ..]
            || new ActivityGraph(pipeline.Resource).Find(activity.Name) is not { } node)
        {
            return null;
        }

        var branches = BranchesOf(node).ToList();
        if (branches.Contains(expectation.Text, StringComparer.OrdinalIgnoreCase))
        {
            return null;
        }

        return branches.Count == 0
            ? PipelineTestDiagnostics.UnknownBranch.At(expectation.Span, $"'{node.Name}' has no branches. Only an If Condition and a Switch do.")
            : Report(PipelineTestDiagnostics.UnknownBranch, expectation.Span, expectation.Text, $"'{node.Name}' has no branch '{expectation.Text}'.", branches);
    }

    /// <summary>The words for the branches of a container; none of what has no branches.</summary>
    public static IEnumerable<string> BranchesOf(ActivityNode node) => node.Is("IfCondition") ? ["true", "false"]
        : node.Is("Switch") ? [.. ((node.TypeProperties?.FindValue("cases") as BoundArray)?.Items ?? []).OfType<BoundObject>().Select(c => c.FindValue("value")).OfType<BoundScalar>().Select(v => v.Text), "default"]
        : [];

    private static Diagnostic? CheckParameters(FactorySnapshot factory, PipelineTestCase one)
    {
        var isRefused = one.Expectations.OfType<AspectExpectation>().Any(e => e is { Activity: null, Aspect: Aspect.Status } && IsSame(e.Text, nameof(PipelineRunStatus.Refused)));
        if (isRefused || factory.Find(ResourceKind.Pipeline, one.Pipeline) is not [var pipeline, ..])
        {
            return null;
        }

        var given = one.Parameters;
        if (one.Trigger is { } trigger)
        {
            given = given.SetItems(TriggerValues.Of(factory, trigger, one.Pipeline, default).Parameters);
        }

        var missing = Declared.Parameters(pipeline.Resource).Where(p => p.IsRequired && !given.ContainsKey(p.Name)).Select(p => $"'{p.Name}'").ToList();
        return missing.Count == 0 ? null : PipelineTestDiagnostics.MissingParameter.At(
            one.NameSpan, $"The case gives {string.Join(", ", missing)} no value, which '{pipeline.Name}' requires: the run is refused. Write it below 'parameters', or expect 'status: Refused'.");
    }

    private static Diagnostic Report(DiagnosticDescriptor descriptor, TestedName name, string problem, IEnumerable<string> known, string? better = null) => Report(descriptor, name.Span, name.Text, problem, known, better);

    private static Diagnostic Report(DiagnosticDescriptor descriptor, TextSpan span, string text, string problem, IEnumerable<string> known, string? better = null)
    {
        var all = known.Where(k => k.Length > 0).ToList();
        var closest = better ?? Spelling.FindClosest(text, all);
        var advice = closest is not null ? $"Did you mean '{closest}'?" : all.Count is > 0 and <= 12 ? $"Known are {string.Join(", ", all)}." : all.Count == 0 ? "There are none." : "";
        return descriptor.At(span, $"{problem} {advice}".TrimEnd(), closest is null ? [] : [new CodeFix($"Change to '{closest}'", [new TextChange(span, closest)])]);
    }

    private static bool IsSame(string one, string other) => one.Equals(other, StringComparison.OrdinalIgnoreCase);
}

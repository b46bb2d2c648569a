// Rules about where the script of a data flow is, and what its sources and sinks are bound to.
using Pipewright.Core.Rules.Activities;
using Pipewright.Core.Text;

namespace Pipewright.Core.Rules.DataFlows;

/// <summary>The script is there as one text and as lines: one of the two is out of date sooner or later.</summary>
internal sealed class TwoScriptsRule() : Rule(new("PW4503", DiagnosticSeverity.Warning, "Two scripts of a data flow"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        if (FlowContent.Find(context) is { } flow && flow.HasText("script") && flow.HasText("scriptLines"))
        {
            var script = flow.Content.Find("script")!;
            yield return Descriptor.At(
                script.NameSpan, "The data flow has its script as 'script' and as 'scriptLines'. Keep the lines, which Studio writes.",
                ActivityReading.Possible(
                    new CodeFix("Keep 'scriptLines'", context.Edits.Remove(script)),
                    new CodeFix("Keep 'script'", context.Edits.Remove(flow.Content.Find("scriptLines")!)) { IsPreferred = false }));
        }
    }
}

/// <summary>A data flow without a script does nothing, whatever its lists say.</summary>
internal sealed class NoScriptRule() : Rule(new("PW4504", DiagnosticSeverity.Warning, "Data flow without a script"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        if (FlowContent.Find(context) is { HasScript: false } flow && flow.Listed is [var (name, _), ..])
        {
            yield return Descriptor.At(name.Span, $"The data flow lists '{name.Text}' and has no script that makes it. Write it as 'scriptLines'.");
        }
    }
}

/// <summary>A source or sink that is bound to nothing: no dataset, no linked service, no flowlet, and no store that its script names.</summary>
internal sealed class UnboundStreamRule() : Rule(new("PW4505", DiagnosticSeverity.Warning, "Source or sink that is bound to nothing"))
{
    private static readonly string[] Bindings = ["dataset", "linkedService", "flowlet"];

    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        if (FlowContent.Find(context) is not { } flow)
        {
            yield break;
        }

        foreach (var (name, node) in flow.Listed.Where(l => Bindings.All(b => ActivityReading.Given(l.Node.FindValue(b)) is null)))
        {
            var statement = flow.Script.Statements.FirstOrDefault(s => s.Stream.Text.Equals(name.Text, StringComparison.OrdinalIgnoreCase));
            var kind = statement?.Kind.ToUpperInvariant() switch { "SOURCE" => "source", "SINK" => "sink", _ => null };
            if (kind is not null && !statement!.Settings.Contains("store:", StringComparison.OrdinalIgnoreCase))
            {
                yield return Descriptor.At(
                    name.Span, $"The {kind} '{name.Text}' is bound to nothing. Give it a 'dataset', or a 'linkedService' with 'store' and 'format' in the script.");
            }
        }
    }
}

// Rules about the names of streams: in the lists of sources, sinks and transformations, and in the script that makes them.
using System.Collections.Immutable;
using Pipewright.Core.Factory;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Core.Rules.DataFlows;

/// <summary>A source, sink or transformation is listed that the script does not make (Microsoft's documentation of the data flow script).</summary>
internal sealed class StreamNotInScriptRule() : Rule(new("PW4501", DiagnosticSeverity.Warning, "Stream that the script does not make"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        if (FlowContent.Find(context) is not { HasScript: true } flow)
        {
            yield break;
        }

        var unlisted = flow.Script.Statements.Select(s => s.Stream.Text).Where(n => !flow.Lists(n)).ToList();
        foreach (var (name, node) in flow.Listed.Where(l => !flow.Makes(l.Name.Text)))
        {
            var closest = Spelling.FindClosest(name.Text, unlisted);
            yield return Descriptor.At(
                name.Span, $"Nothing in the script makes the stream '{name.Text}': it would end with '~> {name.Text}'." + (closest is null ? "" : $" Did you mean '{closest}'?"),
                [
                    .. closest is null ? Array.Empty<CodeFix>() : [new CodeFix($"Change to '{closest}'", context.Edits.SetText(name, closest)) { IsPreferred = true }],
                    new CodeFix("Remove it from the list", context.Edits.RemoveItem(node)) { IsPreferred = false },
                ]);
        }
    }
}

/// <summary>The script makes a stream that none of the lists has: Studio does not show it.</summary>
internal sealed class StreamNotListedRule() : Rule(new("PW4502", DiagnosticSeverity.Warning, "Stream that is not listed"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        if (FlowContent.Find(context) is not { } flow)
        {
            yield break;
        }

        foreach (var statement in flow.Script.Statements.Where(s => !flow.Lists(s.Stream.Text)))
        {
            var list = statement.Kind.ToUpperInvariant() switch { "SOURCE" => "sources", "SINK" => "sinks", _ => "transformations" };
            yield return Descriptor.At(
                FlowContent.Place(statement.Stream), $"The script makes '{statement.Stream.Text}', and '{list}' does not list it. Add it there.",
                [.. Add(context, flow, list, statement.Stream.Text) is { IsDefaultOrEmpty: false } changes ? [new CodeFix($"Add it to '{list}'", changes)] : Array.Empty<CodeFix>()]);
        }
    }

    private static ImmutableArray<TextChange> Add(RuleContext context, FlowContent flow, string list, string name)
    {
        var item = new NewMapping(("name", new NewScalar(name)));
        return flow.Content.FindValue(list) is Binding.BoundArray array ? context.Edits.AddItem(array, item) : context.Edits.SetProperty(flow.Content, list, new NewSequence(item));
    }
}

/// <summary>The script reads a stream that it does not make.</summary>
internal sealed class UnknownStreamRule() : Rule(new("PW4506", DiagnosticSeverity.Warning, "Script reads a stream that is not there"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        if (FlowContent.Find(context) is not { } flow)
        {
            yield break;
        }

        foreach (var name in flow.Script.Names.Where(n => n is { IsParameter: false, IsDeclaration: false } && !flow.Makes(n.Text)))
        {
            var closest = Spelling.FindClosest(name.Text, flow.Script.Statements.Select(s => s.Stream.Text));
            yield return Descriptor.At(
                FlowContent.Place(name), $"The script makes no stream '{name.Text}'." + (closest is null ? $" One is made by a statement that ends with '~> {name.Text}'." : $" Did you mean '{closest}'?"),
                ScriptEdits.Rename(context, name, closest));
        }
    }
}

/// <summary>The script reads a parameter that it does not declare.</summary>
internal sealed class UndeclaredParameterRule() : Rule(new("PW4507", DiagnosticSeverity.Warning, "Script reads a parameter that is not declared"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        if (FlowContent.Find(context) is not { } flow)
        {
            yield break;
        }

        foreach (var name in flow.Script.Names.Where(n => n is { IsParameter: true, IsDeclaration: false } && !char.IsAsciiDigit(n.Text[0])))
        {
            if (!flow.Script.Parameters.Any(p => p.Name.Equals(name.Text, StringComparison.OrdinalIgnoreCase)))
            {
                var closest = Spelling.FindClosest(name.Text, flow.Script.Parameters.Select(p => p.Name));
                yield return Descriptor.At(
                    FlowContent.Place(name),
                    $"The data flow declares no parameter '{name.Text}'." + (closest is null ? $" Declare it at the start of the script: parameters{{ {name.Text} as string }}." : $" Did you mean '{closest}'?"),
                    ScriptEdits.Rename(context, name, closest));
            }
        }
    }
}

internal static class ScriptEdits
{
    /// <summary>Another name at one place of a script; no fix where there is none to propose.</summary>
    public static ImmutableArray<CodeFix> Rename(RuleContext context, ScriptName name, string? better) => better is null
        ? []
        : [new CodeFix($"Change to '{better}'", ScalarEdits.Replace(context.Document.Text, name.Scalar, [new TextChange(name.Span, better)]))];
}

using Pipewright.Core.Binding;
using Pipewright.Core.Schema;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Core.Rules.Triggers;

/// <summary>Triggers wait for each other in a circle: the service refuses them (azure-docs issue 48097). Only a self-dependency is allowed, and is told in another way.</summary>
internal sealed class TriggerCycleRule() : Rule(new("PW4316", DiagnosticSeverity.Error, "Triggers depend on each other in a circle"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context) =>
        from dependency in WindowDependency.FindAll(context.Resource)
        let name = dependency.Trigger
        where name is not null && Reaches(context, name.Text)
        select IsSame(name.Text, context.Resource.Name) ? ReportSelf(context, dependency, name) : Descriptor.At(
            name.Span, $"'{context.Resource.Name}' and '{name.Text}' wait for each other, directly or through others. Remove one of the dependencies.",
            new CodeFix($"Remove the dependency on '{name.Text}'", context.Edits.RemoveItem(dependency.Node)) { IsPreferred = false }) with
        {
            Related = [.. context.Factory.Find(ResourceKind.Trigger, name.Text).Take(1).Select(t => new RelatedPlace(t.Document.Path, t.Resource.NameSpan, $"'{t.Name}' is declared here"))],
        };

    private Diagnostic ReportSelf(RuleContext context, WindowDependency dependency, BoundScalar name)
    {
        var offset = TriggerParts.TextOf(dependency.Offset) is { } text && WindowTimeSpan.Read(text) < TimeSpan.Zero ? text
            : dependency.Offset is null ? FindWindowBefore(context) : null;
        var size = TriggerParts.TextOf(dependency.Size);
        var entries = new List<(string, NewNode)> { ("type", new NewScalar(WindowDependency.SelfType)) };
        entries.AddRange(new[] { ("offset", offset), ("size", size) }.Where(e => e.Item2 is not null).Select(e => (e.Item1, (NewNode)new NewScalar(e.Item2!))));
        return Descriptor.At(
            name.Span, $"A trigger waits for its own earlier windows by a {WindowDependency.SelfType} with a negative offset, not by its name.",
            offset is null ? [] : [new CodeFix($"Wait for the own window at '{offset}'", context.Edits.SetValue(dependency.Node, new NewMapping([.. entries])))]);
    }

    /// <summary>How far back the window before is; null where the windows' length cannot be told.</summary>
    private static string? FindWindowBefore(RuleContext context)
    {
        var window = TriggerParts.Find(context, TriggerParts.TumblingWindow);
        return (TriggerParts.TextOf(window?.FindValue("frequency"))?.ToUpperInvariant(), TriggerParts.NumberOf(window?.FindValue("interval"))) switch
        {
            ("MINUTE", > 0 and < 100_000 and { } minutes) => WindowTimeSpan.Write(TimeSpan.FromMinutes(-minutes)),
            ("HOUR", > 0 and < 10_000 and { } hours) => WindowTimeSpan.Write(TimeSpan.FromHours(-hours)),
            _ => null,
        };
    }

    private static bool Reaches(RuleContext context, string from)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var pending = new Stack<string>([from]);
        while (pending.TryPop(out var name))
        {
            if (IsSame(name, context.Resource.Name))
            {
                return true;
            }

            if (!seen.Add(name))
            {
                continue;
            }

            foreach (var next in context.Factory.Find(ResourceKind.Trigger, name).SelectMany(t => WindowDependency.FindAll(t.Resource)).Select(d => d.Trigger?.Text).OfType<string>())
            {
                pending.Push(next);
            }
        }

        return false;
    }

    private static bool IsSame(string one, string other) => one.Equals(other, StringComparison.OrdinalIgnoreCase);
}

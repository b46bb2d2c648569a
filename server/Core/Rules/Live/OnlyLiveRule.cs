using System.Collections.Immutable;
using Pipewright.Core.Binding;
using Pipewright.Core.Emit;
using Pipewright.Core.Expressions;
using Pipewright.Core.Factory;
using Pipewright.Core.Schema;
using Pipewright.Core.Text;

namespace Pipewright.Core.Rules.Live;

/// <summary>
/// A reference names what only the target's factory has. It works there; a factory that is deployed from this repository alone lacks it. Said only where the
/// target's factory is known.
/// </summary>
internal sealed class OnlyLiveRule() : Rule(new("PW8001", DiagnosticSeverity.Information, "Only in the target"))
{
    /// <summary>Every factory has this integration runtime.</summary>
    private const string DefaultIntegrationRuntime = "AutoResolveIntegrationRuntime";

    public override IEnumerable<Diagnostic> Check(RuleContext context) => CheckReferences(context).Concat(CheckGlobalParameters(context));

    private IEnumerable<Diagnostic> CheckReferences(RuleContext context)
    {
        foreach (var reference in context.References.Where(r => r.Name.Text.Length > 0 && !r.Name.Text.Equals(DefaultIntegrationRuntime, StringComparison.OrdinalIgnoreCase)))
        {
            if (context.Factory.Has(reference.Kind, reference.Name.Text) || context.Factory.FindLive(reference.Kind, reference.Name.Text) is not { } entry)
            {
                continue;
            }

            var kind = TypeNames.Describe(reference.Kind);
            yield return Descriptor.At(
                reference.Name.Span,
                $"The {kind} '{entry.Name}' is only in '{entry.Factory}'; no file here declares it. Bring it into the repository, or deploy only to factories that have it.",
                CodeFix.Deferred($"Bring the {kind} '{entry.Name}' into the repository", () => Bring(context, entry), isPreferred: false));
        }
    }

    /// <summary>A repository whose files declare no global parameters at all leaves them to the factory.</summary>
    private IEnumerable<Diagnostic> CheckGlobalParameters(RuleContext context)
    {
        if (context.Kind is not (ResourceKind.Pipeline or ResourceKind.Trigger) || context.Factory.FindLive(ResourceKind.Factory, "") is not { } live)
        {
            yield break;
        }

        var declared = context.Factory.OfKind(ResourceKind.Factory).SelectMany(f => Declared.In(f.Resource.Properties, "globalParameters"))
            .Select(p => p.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var onlyLive = declared.Count == 0 ? [] : Declared.In(live.Symbol.Resource.Properties, "globalParameters").Where(p => !declared.Contains(p.Name)).ToList();
        foreach (var expression in onlyLive.Count == 0 ? [] : context.Expressions.Where(e => e.Analysis is not null))
        {
            foreach (var use in NameUses.Find(expression.Site.Template).Where(u => u.Kind == NameKind.GlobalParameter && onlyLive.Exists(p => p.Name.Equals(u.Name, StringComparison.OrdinalIgnoreCase))))
            {
                yield return Descriptor.At(
                    expression.Site.Syntax.ToSourceSpan(use.Span),
                    $"The global parameter '{use.Name}' is only in '{live.Factory}'; no file here declares it. Declare it in the factory's file, or deploy only to factories that have it.");
            }
        }
    }

    private static FixEdit Bring(RuleContext context, LiveEntry entry) => LiveFile.Create(context.Factory, entry, context.Document) is { } file ? new FixEdit([], file) : new FixEdit([]);
}

/// <summary>Rules about what the target's factory has.</summary>
internal static class LiveRules
{
    public static ImmutableArray<Rule> All { get; } = [new OnlyLiveRule()];
}

// What a file of tests names of the factory: pipelines, activities, parameters, variables, triggers.
using System.Collections.Immutable;
using Pipewright.Core.Expressions;
using Pipewright.Core.Schema;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Core.Factory;

internal enum TestedKind
{
    Pipeline,
    Activity,
    Parameter,
    GlobalParameter,
    Variable,
    Trigger,
}

/// <summary>A name in a file of tests.</summary>
/// <param name="Text">The name itself.</param>
/// <param name="Pipeline">The pipeline that it belongs to: an activity, a parameter, a variable. Empty where the file names none.</param>
internal sealed record TestedName(TestedKind Kind, string Text, string Pipeline, TextSpan Span)
{
    public required WrittenName Written { get; init; }

    /// <summary>Whether it is a name in an expression, of which the check of the run will tell.</summary>
    public bool IsInExpression { get; init; }
}

/// <summary>Finds the names.</summary>
public static class PipelineTestNames
{
    /// <summary>Stands between a pipeline and an activity of it. No name has it.</summary>
    public const char Separator = '/';

    /// <summary>The lists of activities in an expectation.</summary>
    public static ImmutableArray<string> ActivityLists { get; } = ["succeeded", "failed", "skipped", "notRun", "order"];

    /// <summary>All names of a file, in no order.</summary>
    internal static IEnumerable<TestedName> Find(SyntaxTree tree)
    {
        foreach (var file in tree.Documents.Select(d => d.Root?.Resolved).OfType<MappingSyntax>())
        {
            var pipeline = ScalarOf(file, "pipeline")?.Value ?? "";
            foreach (var name in FindShared(file, pipeline).Concat(
                from one in MappingOf(file, "cases")?.EffectiveEntries ?? []
                let content = one.Value?.Resolved as MappingSyntax
                where content is not null
                let own = ScalarOf(content, "pipeline")?.Value ?? pipeline
                from name in FindShared(content, own).Concat(MappingOf(content, "expect") is { } expectation ? FindExpected(expectation, own) : [])
                select name))
            {
                yield return name;
            }
        }
    }

    /// <summary>The parts of what stands for an activity: its pipeline, where that is not the tested one, and its own name.</summary>
    public static (string? Pipeline, string Activity) Split(string text) =>
        text.IndexOf(Separator, StringComparison.Ordinal) is var at and >= 0 ? (text[..at], text[(at + 1)..]) : (null, text);

    internal static IEnumerable<SymbolUse> FindUses(FactorySnapshot factory, ResourceDocument document) =>
        from name in Find(document.Syntax)
        let symbol = FindSymbol(factory, name)
        where symbol is not null
        select new SymbolUse(symbol, document.Path, name.Span, false) { Written = name.Written, IsWrite = name.Kind is TestedKind.Parameter or TestedKind.GlobalParameter && !name.IsInExpression };

    private static Symbol? FindSymbol(FactorySnapshot factory, TestedName name)
    {
        if (name.Kind is TestedKind.Pipeline or TestedKind.Trigger or TestedKind.GlobalParameter)
        {
            return name.Kind switch
            {
                TestedKind.Pipeline => Symbol.OfResource(ResourceKind.Pipeline, name.Text),
                TestedKind.Trigger => Symbol.OfResource(ResourceKind.Trigger, name.Text),
                _ => Symbol.OfGlobalParameter(name.Text),
            };
        }

        if (factory.Find(ResourceKind.Pipeline, name.Pipeline) is not [var pipeline, ..])
        {
            return null;
        }

        return name.Kind switch
        {
            TestedKind.Parameter => Symbol.OfParameter(ResourceKind.Pipeline, pipeline.Name, name.Text),
            TestedKind.Variable => Symbol.OfVariable(pipeline.Document, pipeline.Name, name.Text),
            _ => new ActivityGraph(pipeline.Resource).Find(name.Text) is null ? null : Symbol.OfActivity(pipeline.Document, pipeline.Name, name.Text),
        };
    }

    /// <summary>What a file says for all of its cases, or a case for itself.</summary>
    private static IEnumerable<TestedName> FindShared(MappingSyntax owner, string pipeline) =>
    [
        .. ScalarOf(owner, "pipeline") is { } named ? [Whole(TestedKind.Pipeline, named, "")] : Array.Empty<TestedName>(),
        .. KeysOf(owner, "parameters").Select(k => Whole(TestedKind.Parameter, k, pipeline)),
        .. KeysOf(owner, "globalParameters").Select(k => Whole(TestedKind.GlobalParameter, k, "")),
        .. MappingOf(owner, "trigger") is { } trigger && ScalarOf(trigger, "name") is { } name ? [Whole(TestedKind.Trigger, name, "")] : Array.Empty<TestedName>(),
        .. KeysOf(owner, "stubs").SelectMany(k => OfActivity(k, pipeline)),
    ];

    private static IEnumerable<TestedName> FindExpected(MappingSyntax expectation, string pipeline) =>
    [
        .. KeysOf(expectation, "variables").Select(k => Whole(TestedKind.Variable, k, pipeline)),
        .. from list in ActivityLists
           from item in (Find(expectation, list) as SequenceSyntax)?.Items ?? []
           where item.Resolved is ScalarSyntax { Value.Length: > 0 }
           from name in OfActivity((ScalarSyntax)item.Resolved!, pipeline)
           select name,
        .. KeysOf(expectation, "activities").SelectMany(k => OfActivity(k, pipeline)),
        .. InExpressions(expectation, pipeline),
    ];

    private static IEnumerable<TestedName> OfActivity(ScalarSyntax scalar, string pipeline)
    {
        var (of, activity) = Split(scalar.Value);
        if (of is not null)
        {
            yield return Part(TestedKind.Pipeline, scalar, new TextSpan(0, of.Length), "");
        }

        if (activity.Length > 0)
        {
            yield return Part(TestedKind.Activity, scalar, new TextSpan(scalar.Value.Length - activity.Length, activity.Length), of ?? pipeline);
        }
    }

    /// <summary>Expected values may be worked out of what the run had.</summary>
    private static IEnumerable<TestedName> InExpressions(SyntaxNode node, string pipeline)
    {
        var pending = new Stack<SyntaxNode>([node]);
        while (pending.TryPop(out var next))
        {
            foreach (var child in next.Children)
            {
                pending.Push(child);
            }

            if (next is not ScalarSyntax { Kind: ScalarKind.String } scalar || !scalar.Value.Contains('@', StringComparison.Ordinal) || scalar.Parent is MappingEntrySyntax entry && entry.Key == scalar)
            {
                continue;
            }

            foreach (var use in NameUses.Find(Template.Parse(scalar.Value)).Where(u => u.Name is { Length: > 0 } name && scalar.Value.Substring(u.Span.Start, u.Span.Length) == name))
            {
                if (KindOf(use.Kind) is { } kind)
                {
                    yield return new TestedName(kind, use.Name!, pipeline, scalar.ToSourceSpan(use.Span)) { Written = Write(scalar, use), IsInExpression = true };
                }
            }
        }
    }

    private static TestedKind? KindOf(NameKind kind) => kind switch
    {
        NameKind.Parameter => TestedKind.Parameter,
        NameKind.GlobalParameter => TestedKind.GlobalParameter,
        NameKind.Variable => TestedKind.Variable,
        NameKind.Activity => TestedKind.Activity,
        _ => null,
    };

    private static WrittenName Write(ScalarSyntax scalar, NameUse use) => use.Member is MemberNode { LacksDot: false } member
        ? new WrittenName(scalar, use.Span, WrittenKind.Member, member.Dot.Span.Start)
        : new WrittenName(scalar, use.Span, use.Member is MemberNode ? WrittenKind.Part : WrittenKind.Quoted);

    private static TestedName Whole(TestedKind kind, ScalarSyntax scalar, string pipeline) => Part(kind, scalar, new TextSpan(0, scalar.Value.Length), pipeline);

    private static TestedName Part(TestedKind kind, ScalarSyntax scalar, TextSpan part, string pipeline) => new(
        kind, scalar.Value.Substring(part.Start, part.Length), pipeline, scalar.ToSourceSpan(part))
    {
        Written = part.Length == scalar.Value.Length ? WrittenName.OfWhole(scalar) : new WrittenName(scalar, part, WrittenKind.Part),
    };

    private static IEnumerable<ScalarSyntax> KeysOf(MappingSyntax owner, string key) =>
        MappingOf(owner, key)?.EffectiveEntries.Where(e => !e.IsMerge && e.Key.Value.Length > 0).Select(e => e.Key) ?? [];

    private static ScalarSyntax? ScalarOf(MappingSyntax owner, string key) => Find(owner, key) as ScalarSyntax is { Value.Length: > 0 } scalar ? scalar : null;

    private static MappingSyntax? MappingOf(MappingSyntax owner, string key) => Find(owner, key) as MappingSyntax;

    private static SyntaxNode? Find(MappingSyntax owner, string key) =>
        owner.EffectiveEntries.LastOrDefault(e => e.Key.Value.Equals(key, StringComparison.OrdinalIgnoreCase))?.Value?.Resolved;
}

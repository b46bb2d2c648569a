// Short notes between the words of a text: what holds although it is not written there.
using System.Collections.Immutable;
using Pipewright.Core.Binding;
using Pipewright.Core.Factory;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Core.Features.Hints;

[Flags]
public enum HintKinds
{
    None = 0,

    /// <summary>At a reference: the values of the parameters that it does not pass.</summary>
    DefaultValues = 1,

    /// <summary>In an expression: the declared type of a parameter or variable.</summary>
    Types = 2,

    /// <summary>At a dependency of the short form: the condition that is meant.</summary>
    Conditions = 4,

    /// <summary>At a list of activities: how many they are.</summary>
    Counts = 8,

    /// <summary>At an id that means something in a Databricks workspace: what people know it by.</summary>
    Names = 16,

    /// <summary>Behind an expression: what it came to in the last dry run.</summary>
    Values = 32,
}

/// <summary>A note.</summary>
/// <param name="Offset">Where it stands.</param>
/// <param name="Tooltip">What does not fit into the label; null where all does.</param>
/// <param name="HasSpace">Whether a space belongs before it.</param>
public sealed record Hint(int Offset, string Label, HintKinds Kind, string? Tooltip = null, bool HasSpace = true);

internal static class InlayHints
{
    /// <summary>More values than this are told by the tooltip only.</summary>
    private const int MostValues = 3;

    private const int LongestValue = 24;

    private const int LongestName = 40;

    /// <summary>Those that stand in a span, in text order.</summary>
    public static ImmutableArray<Hint> Find(FactorySnapshot factory, ResourceDocument document, TextSpan within, HintKinds kinds, CancellationToken cancellation)
    {
        var hints = new List<Hint>();
        for (var i = 0; i < document.Resources.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            var resource = document.Resources[i];
            hints.AddRange(kinds.HasFlag(HintKinds.DefaultValues) ? ResourceArguments.FindAll(factory, resource, document.References[i]).Select(OfDefaults).OfType<Hint>() : []);
            hints.AddRange(kinds.HasFlag(HintKinds.Types) ? OfTypes(factory, document, resource) : []);
            hints.AddRange(kinds.HasFlag(HintKinds.Names) ? WorkspaceName.FindAll(factory, resource).Select(n => OfName(factory, n)).OfType<Hint>() : []);
            if (kinds.HasFlag(HintKinds.Conditions) || kinds.HasFlag(HintKinds.Counts))
            {
                hints.AddRange(ActivityScope.FindAll(resource).SelectMany(s => OfScope(document.Text, s)).Where(h => kinds.HasFlag(h.Kind)));
            }
        }

        // What an alias repeats is written once.
        return [.. hints.Where(h => within.Touches(h.Offset)).DistinctBy(h => (h.Offset, h.Kind)).OrderBy(h => h.Offset)];
    }

    private static Hint? OfDefaults(ResourceArguments arguments)
    {
        var left = arguments.Parameters.Where(p => !p.IsRequired && arguments.Given?.Find(p.Name) is null).ToList();
        var last = (arguments.Given?.Syntax as MappingSyntax)?.Entries.LastOrDefault();
        if (left.Count == 0 || (last?.Span ?? arguments.Reference.Name.Syntax?.Span) is not { } place || (last is null && arguments.Path.Contains('.', StringComparison.Ordinal)))
        {
            return null;
        }

        var values = left.Take(MostValues).Select(p => $"{p.Name}: {Show(p, LongestValue)}").Concat(left.Count > MostValues ? ["…"] : []);
        var list = string.Join(", ", values);
        return new Hint(
            place.End, last is null ? $"({list})" : $", {list}", HintKinds.DefaultValues,
            $"Not passed; the default of '{arguments.Target.Name}' is taken:\n" + string.Join('\n', left.Select(p => $"{p.Name}: {Show(p, int.MaxValue)}")), last is null);
    }

    private static string Show(DeclaredName parameter, int longest) => parameter switch
    {
        { IsSecret: true } => "a secret",
        { Default: BoundScalar { Kind: ScalarKind.String } text } => $"'{Shorten(text.Text, longest)}'",
        { Default: BoundScalar other } => Shorten(other.Text, longest),
        { Default: BoundArray { Items.IsEmpty: true } } => "[]",
        { Default: BoundArray } => "[…]",
        _ => "{…}",
    };

    private static string Shorten(string text, int longest)
    {
        var line = text.ReplaceLineEndings(" ");
        var length = Math.Min(line.Length, longest);
        length -= length is > 0 && length < line.Length && char.IsHighSurrogate(line[length - 1]) ? 1 : 0;
        return line.Length <= longest ? line : line[..length] + "…";
    }

    private static IEnumerable<Hint> OfTypes(FactorySnapshot factory, ResourceDocument document, BoundResource resource)
    {
        var types = Declared.Parameters(resource).Select(d => (SymbolKind.Parameter, d)).Concat(Declared.Variables(resource).Select(d => (SymbolKind.Variable, d)))
            .GroupBy(d => (d.Item1, d.d.Name.ToUpperInvariant())).ToDictionary(g => g.Key, g => g.First().d.TypeText);
        foreach (var use in SymbolScan.Find(factory, document).Where(u => u.Written is { Kind: WrittenKind.Quoted or WrittenKind.Member or WrittenKind.Part } && !u.IsDeclaration))
        {
            if (use.Symbol.OwnerKind == resource.Kind && use.Symbol.Owner.Equals(resource.Name, StringComparison.OrdinalIgnoreCase)
                && types.GetValueOrDefault((use.Symbol.Kind, use.Symbol.Name.ToUpperInvariant())) is { } type)
            {
                yield return new Hint(EndOfUse(document.Text, use.Span.End), $": {type}", HintKinds.Types, HasSpace: false);
            }
        }
    }

    /// <summary>Behind the quote and the bracket that belong to a name.</summary>
    private static int EndOfUse(SourceText text, int offset)
    {
        while (offset < text.Length && text[offset] is '\'' or ')' or ']')
        {
            offset++;
            if (text[offset - 1] is ')' or ']')
            {
                break;
            }
        }

        return offset;
    }

    private static Hint? OfName(FactorySnapshot factory, WorkspaceName name)
    {
        var known = name.Kind switch
        {
            WorkspaceNameKind.Job => (factory.Workspaces.Find(name.Domain, name.Part)?.Content as JobContent)?.Job?.Name,
            WorkspaceNameKind.Cluster or WorkspaceNameKind.Pool or WorkspaceNameKind.Policy => (factory.Workspaces.Find(name.Domain, name.Part)?.Content as ListContent)?.Find(name.Text)?.Name,
            _ => null,
        };
        return known is { Length: > 0 } && known != name.Text ? new Hint(name.Value.Span.End, Shorten(known, LongestName), HintKinds.Names, known.Length > LongestName ? known : null) : null;
    }

    private static IEnumerable<Hint> OfScope(SourceText text, ActivityScope scope)
    {
        if (scope.List is { Syntax: SequenceSyntax list, Parent: BoundProperty { Entry: { Separator: { } colon } } } && text.GetLine(colon.End) != text.GetLine(list.Span.End))
        {
            var all = CountAll(scope.List);
            var own = scope.Activities.Length;
            yield return new Hint(
                list.IsFlow ? list.Span.Start + 1 : colon.End, (own == 1 ? "1 activity" : $"{own} activities") + (all > own ? $", {all} with those inside" : ""), HintKinds.Counts);
        }

        foreach (var (name, conditions) in scope.Activities.SelectMany(a => a.Dependencies).Where(d => d.Conditions?.DescendantsAndSelf().All(c => c.IsImplied) == true && !d.Activity.IsImplied))
        {
            yield return new Hint(name.Span.End, string.Join(", ", conditions!.Children.OfType<BoundScalar>().Select(c => c.Text)), HintKinds.Conditions);
        }
    }

    private static int CountAll(BoundArray list) =>
        list.Items.Length + list.Items.SelectMany(i => i.DescendantsAndSelf()).OfType<BoundArray>().Where(a => a.Type == list.Type).Sum(a => a.Items.Length);
}

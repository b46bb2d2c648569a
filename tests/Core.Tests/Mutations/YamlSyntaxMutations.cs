using System.Collections.Immutable;
using Pipewright.Core.Binding;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Core.Tests.Mutations;

/// <summary>Slips in the writing of YAML.</summary>
internal static class YamlSyntaxMutations
{
    public static ImmutableArray<Mutation> All { get; } =
    [
        Kind("tab in the indentation", ["PW1009"], s => from e in Lines(s) let line = LineOf(s, e) where e.Span.Start > line.Start && IsBlank(s, line.Start, e.Span.Start)
            select Subject.Raw(line.Start, e.Span.Start - line.Start, "\t", TextSpan.FromBounds(line.Start, e.Span.Start))),
        Kind("one space too many", ["PW1010"], s => from e in Lines(s) where e.Parent is MappingSyntax m && m.Entries[0] != e && IsBlank(s, LineOf(s, e).Start, e.Span.Start)
            && m.Entries[m.Entries.IndexOf(e) - 1].Value is ScalarSyntax
            select Subject.Raw(e.Span.Start, 0, " ", e.Key.Span)),
        Kind("one space too few", ["PW1010"], s => from e in Lines(s) where e.Parent is MappingSyntax m && m.Entries[0] != e
            && e.Span.Start > LineOf(s, e).Start + 1 && IsBlank(s, LineOf(s, e).Start, e.Span.Start)
            let before = ((MappingSyntax)e.Parent!).Entries[((MappingSyntax)e.Parent!).Entries.IndexOf(e) - 1]
            select Subject.Raw(e.Span.Start - 1, 1, "", e.Key.Span, before.Key.Span)),
        Kind("colon left out", ["PW1002", "PW2002", "PW1019"], s => from e in Lines(s) where e.Value is ScalarSyntax && e.Separator is not null
            select Subject.Raw(e.Separator!.Value.Start, 1, "", TextSpan.FromBounds(e.Key.Span.Start, e.Value!.Span.Start))),
        Kind("no space behind a colon", ["PW1002", "PW2002", "PW1019"], s => from e in Lines(s) where e is { Value: ScalarSyntax { Style: ScalarStyle.Plain }, Separator: not null } && e.Value.Span.Start == e.Separator.Value.End + 1
            select Subject.Raw(e.Separator!.Value.End, 1, "", TextSpan.FromBounds(e.Key.Span.Start, e.Value!.Span.Start))),
        Kind("closing quote left out", ["PW1005"], s => from v in Quoted(s) select Subject.Raw(v.Span.End - 1, 1, "", s.LineFrom(v.Span.Start))),
        Kind("opening quote left out", ["PW1005", "PW1006", "PW1008", "PW1013", "PW1015", "PW1019", "PW1021"], s => from v in Quoted(s) select Subject.Raw(v.Span.Start, 1, "", s.LineFrom(v.Span.Start))),
        Kind("expression without quotes", ["PW1008"], s => from site in s.Sites where site.Scalar.Text.StartsWith('@') && !site.Scalar.Text.Contains('\n', StringComparison.Ordinal)
            && site.Syntax.Style is ScalarStyle.SingleQuoted or ScalarStyle.DoubleQuoted select Subject.Raw(site.Syntax.Span.Start, site.Syntax.Span.Length, site.Scalar.Text)),
        Kind("text with a colon without quotes", ["PW1015", "PW1002", "PW1019"], s => from e in Lines(s) where e.Key.Value == "description" && e.Value is ScalarSyntax
            && s.Document.Text.GetLine(e.Value.Span.Start) == s.Document.Text.GetLine(e.Value.Span.End)
            select Subject.Raw(e.Value!.Span.Start, e.Value.Span.Length, "Note: this is read twice")),
        Kind("brace left open", ["PW1001"], s => from n in Flows(s).OfType<MappingSyntax>() select Unclosed(n)),
        Kind("bracket left open", ["PW1001"], s => from n in Flows(s).OfType<SequenceSyntax>() select Unclosed(n)),
        Kind("comma left out in braces", ["PW1003", "PW1015"], s => from n in Flows(s).OfType<MappingSyntax>() where n.Entries.Length > 1
            let gap = TextSpan.FromBounds(n.Entries[0].Span.End, n.Entries[1].Span.Start)
            select new Mistake([new(gap, " ")]) { At = [TextSpan.FromBounds(n.Entries[0].Span.Start, n.Entries[1].Span.End)] }),
        Kind("key written twice", ["PW2007"], s => from e in Lines(s) where e.Value is ScalarSyntax && IsBlank(s, LineOf(s, e).Start, e.Span.Start) && s.Document.Text.GetLine(e.Span.End) == s.Document.Text.GetLine(e.Span.Start)
            let line = LineOf(s, e) let written = s.Document.Text.ToString(line)
            select Subject.Raw(line.End, 0, "\n" + written, e.Key.Span, new TextSpan(line.End, written.Length + 1))),
        Kind("conflict markers", ["PW1007"], s => from e in Lines(s) where e.Value is ScalarSyntax && s.Document.Text.GetLine(e.Span.End) == s.Document.Text.GetLine(e.Span.Start)
            let line = LineOf(s, e) let written = s.Document.Text.ToString(line)
            select Subject.Raw(line.Start, line.Length, $"<<<<<<< HEAD\n{written}\n=======\n{written}\n>>>>>>> feature", line)),
        Kind("dash of a list left out", ["PW1010", "PW1016", "PW2007", "PW2002", "PW1019", "PW1002"], s => from n in Below(s.Document.Syntax.Root).OfType<SequenceSyntax>() where !n.IsFlow && n.Items.Length > 1 && n.Items[1] is MappingSyntax
            let item = n.Items[1] let line = s.Document.Text.GetLineSpan(s.Document.Text.GetLine(item.Span.Start)) let dash = s.Text.LastIndexOf('-', item.Span.Start, item.Span.Start - line.Start + 1) where dash >= 0
            select Subject.Raw(dash, 1, " ", line)),
        Kind("alias to nothing", ["PW1013"], s => from e in Lines(s) where e.Value is ScalarSyntax { Style: ScalarStyle.Plain } select Subject.Raw(e.Value!.Span.Start, e.Value.Span.Length, "*shared")),
        Kind("file is a list", ["PW2011"], s => [Subject.Raw(0, s.Text.Length, "- a\n- b\n", new TextSpan(0, 1))]),
    ];

    private static Mutation Kind(string name, ImmutableArray<string> codes, Func<Subject, IEnumerable<Mistake?>> seed) =>
        new("YAML", name, codes, seed) { Form = ResourceForm.Spec };

    private static IEnumerable<SyntaxNode> Below(SyntaxNode? node) => node is null ? [] : node.Children.SelectMany(Below).Prepend(node);

    /// <summary>The entries that are laid out by indentation.</summary>
    private static IEnumerable<MappingEntrySyntax> Lines(Subject subject) =>
        Below(subject.Document.Syntax.Root).OfType<MappingEntrySyntax>().Where(e => e.Parent is MappingSyntax { IsFlow: false });

    private static IEnumerable<ScalarSyntax> Quoted(Subject subject) => Below(subject.Document.Syntax.Root).OfType<ScalarSyntax>()
        .Where(v => v is { Style: ScalarStyle.SingleQuoted or ScalarStyle.DoubleQuoted, Value.Length: > 0 } && v.Parent is not MappingEntrySyntax { Key: var key } || v.Parent is MappingEntrySyntax entry && entry.Key != v && v.Style is ScalarStyle.SingleQuoted or ScalarStyle.DoubleQuoted)
        .Where(v => subject.Document.Text.GetLine(v.Span.Start) == subject.Document.Text.GetLine(v.Span.End));

    private static IEnumerable<SyntaxNode> Flows(Subject subject) => Below(subject.Document.Syntax.Root).Where(n => n is MappingSyntax { IsFlow: true } or SequenceSyntax { IsFlow: true });

    private static Mistake Unclosed(SyntaxNode node) => Subject.Raw(node.Span.End - 1, 1, "", new TextSpan(node.Span.Start, 1), new TextSpan(node.Children.LastOrDefault()?.Span.End ?? node.Span.End - 1, 1));

    private static TextSpan LineOf(Subject subject, SyntaxNode node) => subject.Document.Text.GetLineSpan(subject.Document.Text.GetLine(node.Span.Start));

    private static bool IsBlank(Subject subject, int start, int end) => subject.Document.Text.ToString(TextSpan.FromBounds(start, end)).Trim().Length == 0;
}

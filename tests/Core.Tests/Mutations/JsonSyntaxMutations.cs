using System.Collections.Immutable;
using Pipewright.Core.Binding;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Core.Tests.Mutations;

/// <summary>Slips in the writing of JSON.</summary>
internal static class JsonSyntaxMutations
{
    public static ImmutableArray<Mutation> All { get; } =
    [
        Kind("comma left out", ["PW1003"], s => from m in Between(s, ",") select Subject.Raw(m.At.Start, 1, "", Around(m))),
        Kind("colon left out", ["PW1002"], s => from m in Between(s, ":") select Subject.Raw(m.At.Start, 1, "", Around(m))),
        Kind("semicolon for a comma", ["PW1003", "PW1006"], s => from m in Between(s, ",") select Subject.Raw(m.At.Start, 1, ";", Around(m))),
        Kind("equals sign for a colon", ["PW1002", "PW1006"], s => from m in Between(s, ":") select Subject.Raw(m.At.Start, 1, " =", Around(m))),
        Kind("comma written twice", ["PW1004", "PW1006"], s => from m in Between(s, ",") select Subject.Raw(m.At.End, 0, ",", m.At)),
        Kind("comma before a closing bracket", ["PW1004", "PW1006", "PW1020"], s => from n in Brackets(s) where n.Children.Any()
            let end = n.Children.Last().Span.End select Subject.Raw(end, 0, ",", new TextSpan(end, 0), new TextSpan(n.Span.End - 1, 1))),
        Kind("closing quote left out", ["PW1005"], s => from v in Strings(s) select Subject.Raw(v.Span.End - 1, 1, "", s.LineFrom(v.Span.Start))),
        Kind("opening quote left out", ["PW1005", "PW1008", "PW1015"], s => from v in Strings(s) select Subject.Raw(v.Span.Start, 1, "", s.LineFrom(v.Span.Start))),
        Kind("key without quotes", ["PW1015"], s => from e in Entries(s) where e.Key.Style == ScalarStyle.DoubleQuoted && e.Key.Value.All(char.IsLetter)
            select Subject.Raw(e.Key.Span.Start, e.Key.Span.Length, e.Key.Value)),
        Kind("single quotes", ["PW1005", "PW1006", "PW1015"], s => from v in Strings(s) where !v.Value.Contains('\'', StringComparison.Ordinal)
            select Subject.Raw(v.Span.Start, v.Span.Length, $"'{v.Value}'")),
        Kind("value left out", ["PW1004"], s => from e in Entries(s) where e.Value is ScalarSyntax
            select Subject.Raw(e.Value!.Span.Start, e.Value.Span.Length, "", TextSpan.FromBounds(e.Key.Span.Start, e.Value.Span.End))),
        Kind("closing brace left out", ["PW1001"], s => from n in Brackets(s).OfType<MappingSyntax>() select Unclosed(n)),
        Kind("closing bracket left out", ["PW1001"], s => from n in Brackets(s).OfType<SequenceSyntax>() select Unclosed(n)),
        Kind("opening brace left out", ["PW1017"], s => from n in Brackets(s).OfType<MappingSyntax>() where n.Parent is not null && n.Entries.Length > 0 select Unopened(n)),
        Kind("opening bracket left out", ["PW1017"], s => from n in Brackets(s).OfType<SequenceSyntax>() where n.Items.Length > 0 select Unopened(n)),
        Kind("closing brace too many", ["PW1006"], s => from n in Brackets(s).OfType<MappingSyntax>() select Subject.Raw(n.Span.End, 0, "}", new TextSpan(n.Span.End, 1))),
        Kind("text behind the end", ["PW1006", "PW1015"], s => [Subject.Raw(s.Text.Length, 0, "\nend of file\n", new TextSpan(s.Text.Length, 12))]),
        Kind("conflict markers", ["PW1007"], s => from e in Entries(s) where e.Value is ScalarSyntax && IsAlone(s, e) select Conflict(s, e)),
        Kind("half of the conflict markers left behind", ["PW1007"], s => from e in Entries(s) where e.Value is ScalarSyntax && IsAlone(s, e)
            let line = LineOf(s, e) select Subject.Raw(line.End, 0, "\n=======", new TextSpan(line.End, 8))),
        Kind("backslash of a path not doubled", ["PW1011"], s => from v in Strings(s) where v.Value.Length > 3 select Subject.Raw(v.Span.Start + 1, 0, "C:\\data", new TextSpan(v.Span.Start + 1, 7))),
        Kind("value of another language", ["PW1015"], s => from v in s.Scalars where v.Kind is ScalarKind.Boolean or ScalarKind.Null
            select Subject.Raw(v.Span.Start, v.Span.Length, v.Text switch { "true" => "True", "false" => "False", _ => "None" })),
        Kind("key written twice", ["PW2007"], s => from e in Entries(s) where e.Value is ScalarSyntax
            select Subject.Raw(e.Span.End, 0, ", " + s.Document.Text.ToString(e.Span), e.Key.Span, new TextSpan(e.Span.End, e.Span.Length))),
        Kind("expression without quotes", ["PW1008"], s => from site in s.Sites where site.Scalar.Text.StartsWith('@') && !site.Scalar.Text.Any(c => c is '"' or '\\' or '\n')
            select Subject.Raw(site.Syntax.Span.Start, site.Syntax.Span.Length, site.Scalar.Text)),
        Kind("file is empty", ["PW2011"], s => [Subject.Raw(0, s.Text.Length, "", new TextSpan(0, 0))]),
        Kind("a list around the resource", ["PW2011"], s => s.Document.Syntax.Root is { } root ? [new Mistake([new(new(root.Span.Start, 0), "["), new(new(root.Span.End, 0), "]")]) { At = [new(root.Span.Start, 1)] }] : []),
        Kind("only what is inside of properties", ["PW2011"], s => s.Properties is { Syntax: MappingSyntax inner }
            ? [new Mistake([new(TextSpan.FromBounds(0, inner.Span.Start), ""), new(TextSpan.FromBounds(inner.Span.End, s.Text.Length), "")]) { At = [new(inner.Span.Start, 1)] }] : []),
    ];

    private static Mutation Kind(string name, ImmutableArray<string> codes, Func<Subject, IEnumerable<Mistake?>> seed) =>
        new("JSON", name, codes, seed) { Form = ResourceForm.Git };

    /// <summary>Each punctuation mark of a kind, with the ends of what it stands between.</summary>
    private static IEnumerable<(TextSpan Before, TextSpan At, TextSpan After)> Between(Subject subject, string mark)
    {
        var tokens = subject.Document.Syntax.Tokens.Where(t => t.Kind is not (SyntaxTokenKind.WhiteSpace or SyntaxTokenKind.LineBreak or SyntaxTokenKind.Comment)).ToList();
        for (var i = 1; i < tokens.Count - 1; i++)
        {
            if (tokens[i].Kind == SyntaxTokenKind.Punctuation && subject.Document.Text.ToString(tokens[i].Span) == mark)
            {
                yield return (tokens[i - 1].Span, tokens[i].Span, tokens[i + 1].Span);
            }
        }
    }

    private static TextSpan Around((TextSpan Before, TextSpan At, TextSpan After) mark) => TextSpan.FromBounds(mark.Before.End, mark.After.Start);

    private static IEnumerable<SyntaxNode> AllBelow(SyntaxNode? node) => node is null ? [] : node.Children.SelectMany(AllBelow).Prepend(node);

    private static IEnumerable<SyntaxNode> Brackets(Subject subject) => AllBelow(subject.Document.Syntax.Root).Where(n => n is MappingSyntax or SequenceSyntax);

    private static IEnumerable<MappingEntrySyntax> Entries(Subject subject) => AllBelow(subject.Document.Syntax.Root).OfType<MappingEntrySyntax>();

    private static IEnumerable<ScalarSyntax> Strings(Subject subject) =>
        from scalar in subject.Scalars where scalar.Syntax is ScalarSyntax { Style: ScalarStyle.DoubleQuoted } && scalar.Text.Length > 0 select (ScalarSyntax)scalar.Syntax!;

    private static Mistake Unclosed(SyntaxNode node) => Subject.Raw(node.Span.End - 1, 1, "", new TextSpan(node.Span.Start, 1), new TextSpan(node.Span.End - 1, 0), new TextSpan(node.Children.LastOrDefault()?.Span.End ?? node.Span.End, 0));

    private static Mistake Unopened(SyntaxNode node) => Subject.Raw(node.Span.Start, 1, "", TextSpan.FromBounds(node.Parent is MappingEntrySyntax entry ? entry.Span.Start : node.Span.Start, node.Children.First().Span.Start));

    private static TextSpan LineOf(Subject subject, SyntaxNode node) => subject.Document.Text.GetLineSpan(subject.Document.Text.GetLine(node.Span.Start));

    private static bool IsAlone(Subject subject, SyntaxNode node)
    {
        var line = LineOf(subject, node);
        return subject.Document.Text.GetLine(node.Span.End) == subject.Document.Text.GetLine(node.Span.Start)
            && subject.Document.Text.ToString(TextSpan.FromBounds(line.Start, node.Span.Start)).Trim().Length == 0
            && subject.Document.Text.ToString(TextSpan.FromBounds(node.Span.End, line.End)).Trim() is "" or ",";
    }

    private static Mistake Conflict(Subject subject, MappingEntrySyntax entry)
    {
        var line = LineOf(subject, entry);
        var written = subject.Document.Text.ToString(line);
        return Subject.Raw(line.Start, line.Length, $"<<<<<<< HEAD\n{written}\n=======\n{written}\n>>>>>>> feature", new TextSpan(line.Start, line.Length));
    }
}

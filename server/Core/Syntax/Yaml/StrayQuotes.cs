using Pipewright.Core.Text;

namespace Pipewright.Core.Syntax.Yaml;

/// <summary>Finds texts that end with a quote and begin without: to YAML the quote is part of the text.</summary>
internal static class StrayQuotes
{
    public static void Find(SyntaxNode root, List<Diagnostic> diagnostics)
    {
        var pending = new Stack<SyntaxNode>([root]);
        while (pending.TryPop(out var node))
        {
            if (node is ScalarSyntax { Style: ScalarStyle.Plain, Value: [.., '"' or '\''] value } scalar && value.Count(c => c == value[^1]) == 1)
            {
                var start = new TextSpan(scalar.Span.Start, 0);
                diagnostics.Add(SyntaxDiagnostics.StrayQuote.At(
                    new TextSpan(scalar.Span.End - 1, 1), $"Nothing opens this quote, so it is part of the text. Write one before '{FirstWord(value)}', or none at all.",
                    new CodeFix("Add the opening quote", [new TextChange(start, value[^1].ToString())]) { IsPreferred = false },
                    new CodeFix("Remove the quote", [new TextChange(new TextSpan(scalar.Span.End - 1, 1), "")]) { IsPreferred = false }));
            }

            foreach (var child in node.Children)
            {
                pending.Push(child);
            }
        }
    }

    private static string FirstWord(string text) => text.Split(' ', 2)[0] is { Length: <= 30 } word ? word : text[..30];
}

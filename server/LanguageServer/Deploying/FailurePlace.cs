using System.Text.RegularExpressions;
using Pipewright.Core.Factory;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.LanguageServer.Deploying;

/// <summary>Finds the place in a file that an error of the service is about: the service names things, and no lines.</summary>
internal static partial class FailurePlace
{
    /// <returns>The span of the name that the message has in quotes or brackets; else of the start of the text.</returns>
    public static TextSpan Find(ResourceDocument document, string message)
    {
        var scalars = document.Syntax.Root is { } root ? Scalars(root).ToList() : [];
        foreach (Match match in Quoted().Matches(message))
        {
            var name = match.Groups["name"].Value;
            if (scalars.Find(s => s.Value.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } place)
            {
                return place.Span;
            }
        }

        return new TextSpan(0, 0);
    }

    private static IEnumerable<ScalarSyntax> Scalars(SyntaxNode root)
    {
        var pending = new Stack<SyntaxNode>([root]);
        while (pending.TryPop(out var node))
        {
            if (node is ScalarSyntax scalar)
            {
                yield return scalar;
            }

            foreach (var child in node.Children.Reverse())
            {
                pending.Push(child);
            }
        }
    }

    [GeneratedRegex("""['<"](?<name>[^'<>"]{1,260})['>"]""")]
    private static partial Regex Quoted();
}

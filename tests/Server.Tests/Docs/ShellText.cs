using System.Text;

namespace Pipewright.Server.Tests.Docs;

/// <summary>Reads the commands in a text for a shell: words, quotes, pipes, redirections, comments and continued lines.</summary>
internal static class ShellText
{
    /// <summary>Each command by its words, the program first; assignments before it are left out.</summary>
    public static IEnumerable<string[]> FindCommands(string text)
    {
        foreach (var line in text.Replace("\\\n", " ", StringComparison.Ordinal).Replace("`\n", " ", StringComparison.Ordinal).Split('\n'))
        {
            var words = new List<string>();
            var isTarget = false;
            foreach (var token in Tokenize(line).Append(new Token("|", IsOperator: true)))
            {
                if (!token.IsOperator)
                {
                    if (!isTarget && !(words.Count == 0 && IsAssignment(token.Text)))
                    {
                        words.Add(token.Text);
                    }

                    isTarget = false;
                }
                else if (token.Text is ">" or "<")
                {
                    isTarget = true;
                }
                else if (words.Count > 0)
                {
                    yield return [.. words];
                    words.Clear();
                }
            }
        }
    }

    private sealed record Token(string Text, bool IsOperator);

    private static bool IsAssignment(string word) => word.IndexOf('=', StringComparison.Ordinal) is > 0 and var at && word[..at].All(c => char.IsAsciiLetterOrDigit(c) || c == '_');

    private static IEnumerable<Token> Tokenize(string line)
    {
        var word = new StringBuilder();
        var isWord = false;
        var quote = '\0';
        foreach (var c in line)
        {
            if (quote != '\0')
            {
                quote = c == quote ? '\0' : quote;
                _ = quote == '\0' ? word : word.Append(c);
            }
            else if (c is '"' or '\'')
            {
                (quote, isWord) = (c, true);
            }
            else if (c == '#' && !isWord)
            {
                break;
            }
            else if (char.IsWhiteSpace(c) || c is '|' or '&' or ';' or '>' or '<' or '(' or ')')
            {
                if (isWord)
                {
                    yield return new Token(word.ToString(), IsOperator: false);
                }

                word.Clear();
                isWord = false;
                if (!char.IsWhiteSpace(c))
                {
                    yield return new Token(c.ToString(), IsOperator: true);
                }
            }
            else
            {
                word.Append(c);
                isWord = true;
            }
        }

        if (isWord)
        {
            yield return new Token(word.ToString(), IsOperator: false);
        }
    }
}

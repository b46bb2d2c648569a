namespace Pipewright.Core.Syntax;

/// <summary>The lines that Git leaves in a file whose merge has a conflict.</summary>
internal static class ConflictMarkers
{
    /// <summary>Whether the line that begins at <paramref name="at"/> is such a marker; false where no line begins there.</summary>
    public static bool IsAt(string content, int at)
    {
        if (at >= content.Length || content[at] is not ('<' or '=' or '>' or '|') || (at > 0 && content[at - 1] is not ('\n' or '\r')) || at + 7 > content.Length)
        {
            return false;
        }

        var run = content.AsSpan(at, 7);
        return run.IndexOfAnyExcept(content[at]) < 0
            && (at + 7 == content.Length || content[at + 7] is '\n' or '\r' || (content[at + 7] == ' ' && content[at] != '='));
    }
}

using System.Reflection;

namespace Pipewright.LanguageServer.CommandLine;

/// <summary>The pages of the rules (<c>docs/rules</c>), which are part of the program.</summary>
internal static class RulePages
{
    /// <summary>The page of a code, in Markdown; null where there is none.</summary>
    /// <param name="code">In capitals.</param>
    public static string? Find(string code)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"rules/{code}.md");
        if (stream is null)
        {
            return null;
        }

        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}

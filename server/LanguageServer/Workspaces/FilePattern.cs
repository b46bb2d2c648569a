// What the user says about files whose path does not tell what they hold.
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.RegularExpressions;
using Pipewright.Core.Binding;
using Pipewright.Core.Factory;
using Pipewright.Core.Schema;

namespace Pipewright.LanguageServer.Workspaces;

/// <summary>One glob pattern and what the files that match it hold.</summary>
internal sealed class FilePattern
{
    private readonly Regex _path;

    /// <param name="glob">As VS Code writes them: <c>*</c>, <c>?</c>, <c>**</c>, <c>{a,b}</c>, <c>[a-z]</c>; it may match at any depth unless it starts with <c>/</c>.</param>
    /// <param name="kind">Null leaves the files alone.</param>
    public FilePattern(string glob, ResourceKind? kind)
    {
        Glob = glob;
        Kind = kind;
        _path = new Regex(ToExpression(glob), RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Singleline, TimeSpan.FromSeconds(1));
    }

    public string Glob { get; }

    public ResourceKind? Kind { get; }

    /// <param name="path">Absolute, with <c>/</c> between its parts.</param>
    public bool Matches(string path) => _path.IsMatch(path);

    private static string ToExpression(string glob)
    {
        var result = new StringBuilder(glob.StartsWith('/') ? "^" : "(^|/)");
        var depth = 0;
        for (var i = 0; i < glob.Length; i++)
        {
            var end = glob[i] == '[' ? glob.IndexOf(']', i + 1) : -1;
            if (end > i + 1)
            {
                result.Append(ToSet(glob[(i + 1)..end]));
                i = end;
            }
            else if (glob.AsSpan(i).StartsWith("**"))
            {
                var isFolders = i + 2 < glob.Length && glob[i + 2] == '/';
                result.Append(isFolders ? "(.*/)?" : ".*");
                i += isFolders ? 2 : 1;
            }
            else
            {
                result.Append(ToPart(glob[i], ref depth));
            }
        }

        return result.Append(')', depth).Append('$').ToString();
    }

    [SuppressMessage("Performance", "CA1846", Justification = "Runs once a setting.")]
    private static string ToSet(string members) =>
        $"[{(members[0] is '!' or '^' ? "^" : "")}{members.TrimStart('!', '^').Replace(@"\", @"\\", StringComparison.Ordinal).Replace("[", @"\[", StringComparison.Ordinal)}]";

    private static string ToPart(char c, ref int depth)
    {
        switch (c)
        {
            case '*':
                return "[^/]*";
            case '?':
                return "[^/]";
            case '{':
                depth++;
                return "(";
            case '}' when depth > 0:
                depth--;
                return ")";
            case ',' when depth > 0:
                return "|";
            default:
                return Regex.Escape(c.ToString()).Replace("]", @"\]", StringComparison.Ordinal).Replace("}", @"\}", StringComparison.Ordinal);
        }
    }
}

/// <summary>Tells what a file holds: by the user's patterns, the last that matches first, else by its path.</summary>
internal sealed record FileKinds(IReadOnlyList<FilePattern> Patterns)
{
    public static FileKinds Default { get; } = new([]);

    /// <param name="root">The factory root, absolute; anything for a document that is no file.</param>
    /// <param name="path">Relative to the root, with <c>/</c> between its parts.</param>
    public FileClassification? Classify(string root, string path)
    {
        var byPath = FileClassification.Classify(path);
        if (Patterns.Count == 0)
        {
            return byPath;
        }

        var absolute = $"{root.Replace('\\', '/').TrimEnd('/')}/{path}";
        return Patterns.LastOrDefault(p => p.Matches(absolute)) is not { } pattern ? byPath
            : pattern.Kind is { } kind ? byPath?.Kind == kind ? byPath : Classify(path, kind)
            : null;
    }

    private static FileClassification Classify(string path, ResourceKind kind)
    {
        var isGit = path.EndsWith(".json", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".jsonc", StringComparison.OrdinalIgnoreCase);
        var stem = Path.GetFileNameWithoutExtension(path);

        // A word behind a dot says what a YAML file is, as `.pipeline` does; a resource's name cannot hold a dot.
        var name = !isGit && stem.LastIndexOf('.') is var dot and > 0 ? stem[..dot] : stem;
        return new FileClassification(kind, isGit ? ResourceForm.Git : ResourceForm.Spec, name);
    }
}

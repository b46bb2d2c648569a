// pipewright.yaml: what a factory root says about itself.
using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Pipewright.Core.Notebooks;
using Pipewright.Core.Schema;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Core.Factory;

/// <summary>A factory in Azure to deploy to.</summary>
public sealed record DeploymentTarget(string Name, string Subscription, string ResourceGroup, string Factory)
{
    /// <summary>What is changed of resources on their way there, in text order; later ones see what earlier ones did.</summary>
    public ImmutableArray<ResourceOverride> Overrides { get; init; } = [];

    /// <summary>The cloud where none is named.</summary>
    public const string PublicCloud = "public";

    /// <summary>The names of Azure's clouds. A name, and never an address: a workspace file must not say where tokens go.</summary>
    public static ImmutableArray<string> Clouds { get; } = [PublicCloud, "usGovernment", "china"];

    /// <summary>One of <see cref="Clouds"/>.</summary>
    public string Cloud { get; init; } = PublicCloud;

    /// <summary>The tenant to sign in to, an id or a domain's name; null for the one that the user is signed in to.</summary>
    public string? Tenant { get; init; }

    /// <summary>Whether a deployment brings along the notebooks that its pipelines call, unless it is told otherwise.</summary>
    public bool DeploysNotebooks { get; init; }
}

/// <summary>How grave the findings of a rule are, or of a group of rules.</summary>
/// <param name="Code">In upper case: <c>PW4107</c>, or the start of several codes with <c>X</c> for the rest: <c>PW53XX</c>.</param>
/// <param name="Span">Where the code is written.</param>
public sealed record RuleSetting(string Code, DiagnosticSeverity Severity, TextSpan Span)
{
    /// <summary>The digits that count; a longer one is more particular.</summary>
    public string Prefix { get; } = Code.TrimEnd('X');
}

/// <summary>What the names of a kind of thing have to look like.</summary>
/// <param name="Kind">A kind of resource by its folder in the Git form, or <c>activity</c>, <c>parameter</c>, <c>variable</c>, <c>globalParameter</c>.</param>
/// <param name="Pattern">A regular expression that some part of the name has to match.</param>
public sealed record NamingPattern(string Kind, Regex Pattern)
{
    /// <summary>The kinds of things that are no resources.</summary>
    public static ImmutableArray<string> OtherKinds { get; } = ["activity", "parameter", "variable", "globalParameter"];

    /// <summary>Whether a name is as it has to be. One that takes too long to tell is.</summary>
    public bool Fits(string name)
    {
        try
        {
            return Pattern.IsMatch(name);
        }
        catch (RegexMatchTimeoutException)
        {
            return true;
        }
    }
}

/// <summary>The configuration of one factory root.</summary>
/// <param name="Diagnostics">What is wrong with it, in offsets of its text.</param>
public sealed record FactoryConfiguration(ImmutableArray<DeploymentTarget> Targets, string? DefaultTarget, ImmutableArray<Diagnostic> Diagnostics)
{
    /// <summary>The name of the file, in the factory root.</summary>
    public const string FileName = "pipewright.yaml";

    public static DiagnosticDescriptor UnknownKey { get; } = new("PW9001", DiagnosticSeverity.Warning, "Unknown setting");

    public static DiagnosticDescriptor IncompleteTarget { get; } = new("PW9002", DiagnosticSeverity.Error, "Incomplete target");

    public static DiagnosticDescriptor UnknownSeverity { get; } = new("PW9004", DiagnosticSeverity.Warning, "Unknown severity");

    public static DiagnosticDescriptor InvalidPattern { get; } = new("PW9005", DiagnosticSeverity.Warning, "Pattern is no regular expression");

    public static DiagnosticDescriptor InvalidOverride { get; } = new("PW9008", DiagnosticSeverity.Error, "Override that can't be read");

    /// <summary>Found by <c>Emit</c>, which knows what a resource comes to.</summary>
    public static DiagnosticDescriptor FutileOverride { get; } = new("PW9009", DiagnosticSeverity.Error, "Override that changes nothing");

    public static DiagnosticDescriptor InvalidTarget { get; } = new("PW9010", DiagnosticSeverity.Error, "Setting of a target can't be right");

    public static DiagnosticDescriptor InvalidNotebooks { get; } = new("PW9011", DiagnosticSeverity.Error, "Folder of notebooks can't be right");

    public static FactoryConfiguration Empty { get; } = new([], null, []);

    /// <summary>In text order. Later ones win over earlier ones that are as particular.</summary>
    public ImmutableArray<RuleSetting> Rules { get; init; } = [];

    public ImmutableArray<NamingPattern> Naming { get; init; } = [];

    /// <summary>Where the notebooks are that activities call, in text order.</summary>
    public ImmutableArray<NotebookFolder> Notebooks { get; init; } = [];

    /// <summary>The file that it was read from; null where there is none.</summary>
    public ConfigurationFile? File { get; init; }

    /// <summary>Reads the file's text. What is not understood is reported and left out.</summary>
    /// <param name="path">The file's name, which may end in <c>.yml</c>.</param>
    public static FactoryConfiguration Parse(SourceText text, string path = FileName) => ConfigurationReader.Read(text, path);

    public DeploymentTarget? FindTarget(string name) => Targets.FirstOrDefault(t => t.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>How grave a finding is in this factory: as the most particular setting says, else as the rule itself.</summary>
    public DiagnosticSeverity SeverityOf(DiagnosticDescriptor rule)
    {
        var best = (Length: -1, rule.Severity);
        foreach (var setting in Rules)
        {
            if (setting.Prefix.Length >= best.Length && rule.Code.StartsWith(setting.Prefix, StringComparison.Ordinal))
            {
                best = (setting.Prefix.Length, setting.Severity);
            }
        }

        return best.Severity;
    }

    public NamingPattern? FindNaming(string kind) => Naming.LastOrDefault(n => n.Kind == kind);

    public NamingPattern? FindNaming(ResourceKind kind) => Naming.LastOrDefault(n => FileClassification.GitFolders.TryGetValue(n.Kind, out var named) && named == kind);

    /// <summary>The change that sets the severity of a rule; of the whole file where there is none yet. Null where the text does not allow for it.</summary>
    public FileChange? SetSeverity(string code, DiagnosticSeverity severity)
    {
        var word = severity.ToString().ToLowerInvariant();
        return File is null
            ? new FileCreation(FileName, $"rules:\n  {code}: {word}\n")
            : File.Set("rules", code, new NewLiteral(word)) is { } change ? new FileEdit(File.Path, [change]) : null;
    }
}

/// <summary>The text of a configuration.</summary>
/// <param name="Path">Relative to the factory root.</param>
public sealed record ConfigurationFile(string Path, SyntaxTree Syntax)
{
    /// <summary>The change that gives a member of a section a value. Null where the text does not allow for it.</summary>
    internal TextChange? Set(string section, string key, NewNode value)
    {
        var edits = new StructureEdits(Syntax.Text, SyntaxLanguage.Yaml);
        if (Syntax.Root is not MappingSyntax { Entries.IsEmpty: false } root)
        {
            return Syntax.Root is null ? new TextChange(new TextSpan(Syntax.Text.Length, 0), edits.WriteDocument(new NewMapping((section, new NewMapping((key, value)))))) : null;
        }

        var entry = root.EffectiveEntries.LastOrDefault(e => e.Key.Value == section);
        return entry?.Value switch
        {
            null when entry is null => edits.AddEntry(root, section, new NewMapping((key, value))),
            MappingSyntax { Entries.IsEmpty: false } members => members.EffectiveEntries.FirstOrDefault(e => e.Key.Value.Equals(key, StringComparison.OrdinalIgnoreCase)) is { } old
                ? edits.ReplaceValue(old, value).FirstOrDefault()
                : edits.AddEntry(members, key, value),
            null or MappingSyntax or ScalarSyntax { Kind: ScalarKind.Null } => edits.ReplaceValue(entry!, new NewMapping((key, value))).FirstOrDefault(),
            _ => null,
        };
    }
}

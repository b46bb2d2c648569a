using System.Collections.Immutable;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Core.Factory;

/// <summary>One resource file of a factory in one version: its text, its tree and what it means.</summary>
public sealed class ResourceDocument
{
    private ResourceDocument(string path, FileClassification classification, SyntaxTree syntax)
    {
        Path = path;
        Classification = classification;
        Syntax = syntax;
    }

    /// <summary>Relative to the factory root, with <c>/</c> between its parts.</summary>
    public string Path { get; }

    public FileClassification Classification { get; }

    public SyntaxTree Syntax { get; }

    public SourceText Text => Syntax.Text;

    /// <summary>Parses and binds a file. Null when the path is not that of a resource file.</summary>
    public static ResourceDocument? Create(string path, SourceText text) =>
        FileClassification.Classify(path) is { } classification
            ? new ResourceDocument(
                path, classification, SyntaxTree.Parse(text, classification.Form == ResourceForm.Git ? SyntaxLanguage.Json : SyntaxLanguage.Yaml))
            : null;

    /// <summary>What is wrong within this file alone: syntax and schema.</summary>
    public ImmutableArray<Diagnostic> Diagnostics => Syntax.Diagnostics;
}

// A document that is rewritten step by step: each step sees what the one before has made of it.
using System.Collections.Immutable;
using Pipewright.Core.Binding;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Core.Factory;

/// <summary>The steps from one version of a document to another. An instance is for one thread.</summary>
/// <param name="index">Which of the document's resources is rewritten.</param>
public sealed class DocumentRewriting(ResourceDocument document, int index)
{
    private readonly ResourceDocument _original = document;
    private ActivityGraph? _graph;

    /// <summary>The document as it is after the steps so far.</summary>
    public ResourceDocument Document { get; private set; } = document;

    public BoundResource Resource => Document.Resources[index];

    public ActivityGraph Graph => _graph ??= new ActivityGraph(Resource);

    public ResourceEdits Edits => new(Document);

    public DraftReader Reader => new(Document.Syntax);

    /// <summary>What has to be done to the document as it was.</summary>
    public ImmutableArray<TextChange> Changes => TextComparison.FindChanges(_original.Text, Document.Text);

    /// <summary>Whether the text can still be read, and holds as many resources as before.</summary>
    public bool IsSound => !Document.HasSyntaxErrors && Document.Resources.Length == _original.Resources.Length;

    /// <summary>Takes one step. Throws <see cref="ArgumentException"/> if the changes overlap.</summary>
    public void Apply(IEnumerable<TextChange> changes) => Apply(Document.Text.WithChanges(changes));

    public void Apply(SourceText text)
    {
        if (text.Content == Document.Text.Content)
        {
            return;
        }

        Document = ResourceDocument.Create(_original.Path, text, _original.Classification);
        _graph = null;
    }

    /// <summary>Gives a mapping or sequence another text.</summary>
    public void Replace(SyntaxNode node, Draft draft) => Apply(Reader.Replace(node, draft));
}

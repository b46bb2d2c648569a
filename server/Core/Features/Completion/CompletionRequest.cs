using System.Collections.Immutable;
using Pipewright.Core.Binding;
using Pipewright.Core.Factory;
using Pipewright.Core.Schema;

namespace Pipewright.Core.Features.Completion;

/// <summary>What a kind of completion may ask about: the factory, the document, and the place in it.</summary>
internal sealed class CompletionRequest
{
    private readonly Lazy<ImmutableHashSet<string>> _activityNames;

    public CompletionRequest(FactorySnapshot factory, ResourceDocument document, int offset)
    {
        Factory = factory;
        Document = document;
        Offset = offset;
        Resource = new SchemaPlaces(document).FindResource(new CursorText(document.Syntax, offset).DocumentAt(offset));
        _activityNames = new Lazy<ImmutableHashSet<string>>(FindActivityNames);
    }

    public FactorySnapshot Factory { get; }

    public ResourceDocument Document { get; }

    public int Offset { get; }

    /// <summary>The resource that the cursor is in; null where the document holds none yet.</summary>
    public BoundResource? Resource { get; }

    /// <summary>The names of all activities of the pipeline, without regard to case.</summary>
    public ImmutableHashSet<string> ActivityNames => _activityNames.Value;

    /// <summary>How often the factory has a property of a type.</summary>
    public int CountUses(SchemaType owner, string property) => Factory.CountUses(new UseKey(owner.Name, property, IsVariant: false));

    /// <summary>How often the factory has a variant of a type.</summary>
    public int CountVariant(DiscriminatedType type, string discriminator) => Factory.CountUses(new UseKey(type.Name, discriminator, IsVariant: true));

    private ImmutableHashSet<string> FindActivityNames() => Resource is null
        ? []
        : ActivityScope.FindAll(Resource).SelectMany(s => s.Activities).Select(a => a.Name?.Text).OfType<string>()
            .ToImmutableHashSet(StringComparer.OrdinalIgnoreCase);
}

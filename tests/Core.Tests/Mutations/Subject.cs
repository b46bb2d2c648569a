using System.Collections.Immutable;
using Pipewright.Core.Binding;
using Pipewright.Core.Expressions;
using Pipewright.Core.Factory;
using Pipewright.Core.Features;
using Pipewright.Core.Schema;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Core.Tests.Mutations;

/// <summary>A document within its factory, into which mistakes are made, and the ways to make them.</summary>
internal sealed class Subject
{
    private readonly Lazy<ImmutableArray<BoundNode>> _nodes;
    private readonly Lazy<ImmutableArray<Diagnostic>> _findings;
    private readonly Lazy<ImmutableArray<ExpressionSite>> _sites;

    public Subject(string factoryName, FactorySnapshot factory, ResourceDocument document)
    {
        (FactoryName, Factory, Document) = (factoryName, factory, document);
        Resource = document.Resources[0];
        Edits = new ResourceEdits(document);
        Graph = new ActivityGraph(Resource);
        _nodes = new(FindNodes);
        _findings = new(() => LanguageFeatures.GetDiagnostics(factory, document, default));
        _sites = new(() => [.. ExpressionSite.FindAll(Resource).Where(s => s.IsDynamic && s.Template.Diagnostics.IsEmpty && !IsInactive(s.Scalar))]);
    }

    public string FactoryName { get; }

    public FactorySnapshot Factory { get; }

    public ResourceDocument Document { get; }

    public BoundResource Resource { get; }

    public ResourceEdits Edits { get; }

    public ActivityGraph Graph { get; }

    public string Text => Document.Text.Content;

    public bool IsSpec => Document.IsSpec;

    public BoundObject? Properties => Resource.Properties;

    public BoundObject? TypeProperties => Properties?.FindValue("typeProperties") as BoundObject;

    public string? Type => Properties?.FindString("type");

    /// <summary>Every node of the resource, in text order. Not those of activities that are switched off, which are not checked.</summary>
    public ImmutableArray<BoundNode> Nodes => _nodes.Value;

    public IEnumerable<BoundObject> Objects => Nodes.OfType<BoundObject>();

    public IEnumerable<BoundScalar> Scalars => Nodes.OfType<BoundScalar>().Where(s => s.Syntax is ScalarSyntax);

    /// <summary>The properties that are written, with their keys.</summary>
    public IEnumerable<BoundProperty> Written => Nodes.OfType<BoundProperty>().Where(p => p.Entry is not null);

    public IEnumerable<ActivityNode> Activities => Graph.All.Where(a => !IsInactive(a.Activity.Node) && a.Activity.Node.Syntax is MappingSyntax);

    /// <summary>What is evaluated, without mistakes of syntax.</summary>
    public ImmutableArray<ExpressionSite> Sites => _sites.Value;

    public IEnumerable<(ExpressionSite Site, ExpressionNode Node)> Expressions => Sites.SelectMany(s => s.Template.Parts.OfType<ExpressionPart>()
        .SelectMany(p => Below(p.Expression)).Select(n => (s, n)));

    /// <summary>What is found in the document as it is.</summary>
    public ImmutableArray<Diagnostic> Findings => _findings.Value;

    public IEnumerable<ActivityNode> ActivitiesOf(params ReadOnlySpan<string> types)
    {
        var wanted = types.ToImmutableArray();
        return Activities.Where(a => wanted.Any(a.Is));
    }

    public bool IsInactive(BoundNode node) => Resource.Kind == ResourceKind.Pipeline && Graph.FindEnclosing(node)?.ContainersAndSelf().Any(a => a.IsInactive) == true;

    public Mistake? SetText(BoundScalar scalar, string text, params ImmutableArray<TextSpan> at) => Make(Edits.SetText(scalar, text), at);

    public Mistake? SetValue(BoundNode node, NewNode value, params ImmutableArray<TextSpan> at) => Make(Edits.SetValue(node, value), at);

    public Mistake? SetName(BoundProperty property, string name, params ImmutableArray<TextSpan> at) => Make(Edits.SetName(property, name), at);

    /// <summary>Gives a property a value. About a list or an object it may be told at its key as well.</summary>
    public Mistake? Set(BoundObject owner, string path, NewNode value, params ImmutableArray<TextSpan> at) =>
        Make(Edits.SetProperty(owner, path, value), at.IsEmpty && value is NewSequence or NewMapping && Find(owner, path) is { Entry: not null } there ? [there.NameSpan, there.Value.Span] : at);

    public Mistake? Set(BoundObject owner, string path, string value) => Set(owner, path, new NewScalar(value));

    public Mistake? SetLiteral(BoundObject owner, string path, string value) => Set(owner, path, new NewLiteral(value));

    public Mistake? Add(BoundArray array, NewNode item, string? marker = null) => Make(Edits.AddItem(array, item), []) is { } made ? made with { Marker = marker } : null;

    public Mistake? Remove(BoundProperty property, params ImmutableArray<TextSpan> at) => Make(Edits.Remove(property), at);

    /// <summary>Puts a text in place of a part of an expression.</summary>
    public Mistake? Edit(ExpressionSite site, TextSpan span, string text, TextSpan? at = null) =>
        Make(ScalarEdits.Replace(Document.Text, site.Syntax, [new TextChange(span, text)]), [site.Syntax.ToSourceSpan(at ?? span)]);

    /// <summary>Puts a text in place of a whole string.</summary>
    public Mistake? Rewrite(ExpressionSite site, string text) => Edit(site, new TextSpan(0, site.Scalar.Text.Length), text);

    public static Mistake Raw(int start, int length, string text, params ImmutableArray<TextSpan> at) =>
        new Mistake([new TextChange(new TextSpan(start, length), text)]) { At = at };

    public static Mistake? Make(ImmutableArray<TextChange> changes, ImmutableArray<TextSpan> at) => changes.IsEmpty ? null : new Mistake(changes) { At = at };

    /// <summary>The rest of the line that an offset is on.</summary>
    public TextSpan LineFrom(int offset) => TextSpan.FromBounds(offset, Document.Text.GetLineSpan(Document.Text.GetLine(offset)).End);

    /// <summary>Where something about an object can be told: at its type, its name, the key that it is the value of, or its start.</summary>
    public static ImmutableArray<TextSpan> AnchorsOf(BoundNode node)
    {
        var found = ImmutableArray.CreateBuilder<TextSpan>();
        for (BoundNode? current = node; current is not null; current = current.Parent)
        {
            if (current is BoundProperty { Entry: not null } property)
            {
                found.Add(property.NameSpan);
                break;
            }

            if (current is BoundObject value)
            {
                found.AddRange(new[] { "type", "name" }.Select(value.FindValue).OfType<BoundScalar>().Where(s => s.Syntax is not null).Select(s => s.Span));
            }

            if (current is { Syntax: not null, Parent: BoundArray or null })
            {
                found.Add(new TextSpan(current.Span.Start, 1));
                break;
            }
        }

        return found.ToImmutable();
    }

    private static BoundProperty? Find(BoundObject owner, string path) => path.Split('.') is [.. var outer, var last]
        ? outer.Aggregate((BoundObject?)owner, (current, name) => current?.FindValue(name) as BoundObject)?.Find(last) : null;

    /// <summary>A value as it could be written once more.</summary>
    public static NewNode? Copy(BoundNode node) => node switch
    {
        BoundScalar { Kind: ScalarKind.String } scalar => new NewScalar(scalar.Text),
        BoundScalar scalar => new NewLiteral(scalar.Text),
        _ => null,
    };

    private static IEnumerable<ExpressionNode> Below(ExpressionNode node) => node.Children.SelectMany(Below).Prepend(node);

    private ImmutableArray<BoundNode> FindNodes()
    {
        var off = Graph.All.Where(a => a.IsInactive).SelectMany(a => a.Activity.Node.DescendantsAndSelf()).ToHashSet();
        return [.. (Resource.Root?.DescendantsAndSelf() ?? []).Where(n => !off.Contains(n))];
    }
}

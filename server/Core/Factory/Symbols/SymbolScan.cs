// Finds every name that a document writes, and what it means.
using System.Collections.Immutable;
using Pipewright.Core.Binding;
using Pipewright.Core.Expressions;
using Pipewright.Core.Schema;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Core.Factory;

/// <summary>The names in one resource of a document.</summary>
internal sealed class SymbolScan
{
    private readonly FactorySnapshot _factory;
    private readonly ResourceDocument _document;
    private readonly int _index;
    private readonly BoundResource _resource;
    private readonly ActivityGraph? _graph;
    private readonly ILookup<string, ActivityNode> _activities;
    private readonly List<SymbolUse> _uses = [];

    private SymbolScan(FactorySnapshot factory, ResourceDocument document, int index)
    {
        (_factory, _document, _index) = (factory, document, index);
        _resource = document.Resources[index];
        _graph = _resource.Kind == ResourceKind.Pipeline ? new ActivityGraph(_resource) : null;
        _activities = (_graph?.All ?? []).Where(a => a.Name.Length > 0).ToLookup(a => a.Name, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>
    /// All names in a document; what several aliases share is there once. They are remembered with the document, and found anew only when something in
    /// other files that they depend on is another than before.
    /// </summary>
    public static ImmutableArray<SymbolUse> Find(FactorySnapshot factory, ResourceDocument document)
    {
        if (document.LastScan is { } last && last.Queries.HoldFor(factory))
        {
            return last.Uses;
        }

        var queries = new FactoryQueries();
        var asked = factory.Recording(queries);
        ImmutableArray<SymbolUse> uses = [.. (document.IsTest ? PipelineTestNames.FindUses(asked, document) : Enumerable.Range(0, document.Resources.Length)
            .SelectMany(i => new SymbolScan(asked, document, i).Find()))
            .DistinctBy(u => (u.Symbol, u.Span, u.IsDeclaration))];
        document.LastScan = new ScannedDocument(uses, queries);
        return uses;
    }

    private List<SymbolUse> Find()
    {
        AddResource();
        AddReferences();
        AddDeclarations();
        AddArguments();
        AddActivities();
        AddExpressions();
        AddDataFlow();
        return _uses;
    }

    private void AddResource()
    {
        var symbol = Symbol.OfResource(_resource.Kind, _resource.Name);
        if (_resource.Root?.FindValue("name") is BoundScalar { Kind: ScalarKind.String, Text.Length: > 0, Syntax: ScalarSyntax } name)
        {
            Add(symbol, name, isDeclaration: true);
        }
        else
        {
            _uses.Add(new SymbolUse(symbol, _document.Path, new TextSpan(_resource.Content?.Span.Start ?? 0, 0), true));
        }
    }

    private void AddReferences()
    {
        foreach (var reference in _document.References[_index])
        {
            var symbol = Symbol.OfResource(reference.Kind, reference.Name.Text);
            Add(symbol, reference.Name);

            // What Studio writes in triggers beside the reference says the same.
            if (reference.Kind == ResourceKind.Pipeline && reference.Node.FindValue("name") is BoundScalar { Kind: ScalarKind.String } name && IsSame(name.Text, reference.Name.Text))
            {
                Add(symbol, name);
            }
        }
    }

    private void AddDeclarations()
    {
        if (_resource.Kind is ResourceKind.Pipeline or ResourceKind.Dataset or ResourceKind.LinkedService)
        {
            foreach (var declared in Declared.Parameters(_resource))
            {
                AddKey(Symbol.OfParameter(_resource.Kind, _resource.Name, declared.Name), declared.Node, isDeclaration: true);
            }
        }

        foreach (var declared in _resource.Kind == ResourceKind.Pipeline ? Declared.Variables(_resource) : [])
        {
            AddKey(Symbol.OfVariable(_document, _resource.Name, declared.Name), declared.Node, isDeclaration: true);
        }

        foreach (var declared in _resource.Kind == ResourceKind.Factory ? Declared.In(_resource.Properties, "globalParameters") : [])
        {
            AddKey(Symbol.OfGlobalParameter(declared.Name), declared.Node, isDeclaration: true);
        }
    }

    private void AddArguments()
    {
        foreach (var arguments in ResourceArguments.FindAll(_factory, _resource, _document.References[_index]))
        {
            AddKeys(arguments.Given, name => Symbol.OfParameter(arguments.Target.Kind, arguments.Target.Name, name));
        }
    }

    private void AddActivities()
    {
        foreach (var node in _graph?.All ?? [])
        {
            if (node.Activity.Name is { Kind: ScalarKind.String } name && Resolve(node, node.Name) is not null)
            {
                Add(SymbolOf(node), name, isDeclaration: true);
            }

            foreach (var (dependency, _) in node.Activity.Dependencies)
            {
                if (Resolve(node, dependency.Text) is { } target)
                {
                    Add(SymbolOf(target), dependency);
                }
            }

            if (IsVariableSetter(node) && node.TypeProperties?.FindValue("variableName") is BoundScalar { Kind: ScalarKind.String } variable && !SpecForm.IsExpression(variable.Text))
            {
                Add(Symbol.OfVariable(_document, _resource.Name, variable.Text), variable, isWrite: true);
            }
        }
    }

    /// <summary>What a pipeline returns is set by the same activity, under a name of the service's own.</summary>
    private static bool IsVariableSetter(ActivityNode node) => (node.Is("SetVariable") || node.Is("AppendVariable"))
        && !(node.TypeProperties?.FindValue("setSystemVariable") is BoundScalar { Text: var isSystem } && IsSame(isSystem, "true"));

    /// <summary>Of several activities of one name the one that is nearest; a sibling, in a text that is right.</summary>
    private ActivityNode? Resolve(ActivityNode? from, string name)
    {
        var named = _activities[name].ToList();
        return named.Count <= 1 ? named.FirstOrDefault()
            : named.Contains(from!) ? from
            : from?.ContainersAndSelf().Select(c => named.Find(n => n.Siblings == c.Siblings)).FirstOrDefault(n => n is not null) ?? named[0];
    }

    private Symbol SymbolOf(ActivityNode node) =>
        Symbol.OfActivity(_document, _resource.Name, node.Name, _activities[node.Name].TakeWhile(a => a != node).Count());

    /// <summary>Names count wherever they look like an expression's, also where the service would take the text as it is: who renames means these too.</summary>
    private void AddExpressions()
    {
        foreach (var site in ExpressionSite.FindAll(_resource))
        {
            foreach (var use in NameUses.Find(site.Template))
            {
                // In a broken text a name may lack its end.
                if (use.Name is { Length: > 0 } name && site.Template.TextOf(use.Span).Replace("''", "'", StringComparison.Ordinal) == name
                    && SymbolOf(use, name, site.Scalar) is { } symbol)
                {
                    Add(symbol, site.Syntax, use);
                }
            }
        }
    }

    private Symbol? SymbolOf(NameUse use, string name, BoundNode at) => use.Kind switch
    {
        NameKind.Parameter => IsOwnParameter(use) ? Symbol.OfParameter(_resource.Kind, _resource.Name, name) : null,
        NameKind.GlobalParameter => _resource.Kind is ResourceKind.Pipeline or ResourceKind.Trigger ? Symbol.OfGlobalParameter(name) : null,
        NameKind.Variable => _graph is null ? null : Symbol.OfVariable(_document, _resource.Name, name),
        NameKind.Activity => _graph is not null && Resolve(_graph.FindEnclosing(at), name) is { } activity ? SymbolOf(activity) : null,
        _ => null,
    };

    /// <summary>Each kind of resource has a function of its own for its parameters.</summary>
    private bool IsOwnParameter(NameUse use)
    {
        var node = use.Member;
        while (node is MemberNode or IndexNode)
        {
            node = node.Children[0];
        }

        return node is CallNode call && _resource.Kind switch
        {
            ResourceKind.Pipeline => call.Calls("pipeline"),
            ResourceKind.Dataset => call.Calls("dataset"),
            ResourceKind.LinkedService => call.Calls("linkedService"),
            _ => false,
        };
    }

    private void AddDataFlow()
    {
        if (_resource.Kind == ResourceKind.DataFlow)
        {
            AddScript();
            return;
        }

        foreach (var reference in _document.References[_index].Where(r => r.Kind == ResourceKind.DataFlow))
        {
            var flow = reference.Name.Text;
            AddKeys(reference.Node.FindValue("parameters") as BoundObject, name => Symbol.OfParameter(ResourceKind.DataFlow, flow, name));
            AddKeys(reference.Node.FindValue("datasetParameters") as BoundObject, name => Symbol.OfStream(flow, name));
            AddKeys(reference.Node.FindValue("linkedServiceParameters") as BoundObject, name => Symbol.OfStream(flow, name));
            AddLinkedServiceArguments(reference);
        }
    }

    /// <summary>Below the name of a stream stands the property of the stream that names the linked service.</summary>
    private void AddLinkedServiceArguments(ResourceReference reference)
    {
        var streams = _factory.Find(ResourceKind.DataFlow, reference.Name.Text) is [var flow, ..] ? DataFlowScript.FindStreams(flow.Resource).ToList() : [];
        foreach (var given in (reference.Node.FindValue("linkedServiceParameters") as BoundObject)?.Properties ?? [])
        {
            var stream = streams.Find(s => IsSame(s.FindString("name") ?? "", given.Name));
            foreach (var property in (given.Value as BoundObject)?.Properties ?? [])
            {
                if ((stream?.FindValue(property.Name) as BoundObject)?.FindString("referenceName") is { } service)
                {
                    AddKeys(property.Value as BoundObject, name => Symbol.OfParameter(ResourceKind.LinkedService, service, name));
                }
            }
        }
    }

    private void AddScript()
    {
        foreach (var stream in DataFlowScript.FindStreams(_resource))
        {
            if (stream.FindValue("name") is BoundScalar { Kind: ScalarKind.String, Text.Length: > 0 } name)
            {
                Add(Symbol.OfStream(_resource.Name, name.Text), name, isDeclaration: true);
            }
        }

        foreach (var name in DataFlowScript.FindNames(_resource))
        {
            var symbol = name.IsParameter ? Symbol.OfParameter(ResourceKind.DataFlow, _resource.Name, name.Text) : Symbol.OfStream(_resource.Name, name.Text);
            Add(symbol, new WrittenName(name.Scalar, name.Span, WrittenKind.Part), name is { IsParameter: true, IsDeclaration: true });
        }
    }

    private void AddKeys(BoundObject? table, Func<string, Symbol> make)
    {
        foreach (var property in table?.Properties ?? [])
        {
            // Whoever passes a value along gives it to the parameter.
            AddKey(make(property.Name), property, isDeclaration: false, isWrite: true);
        }
    }

    private void AddKey(Symbol symbol, BoundProperty property, bool isDeclaration, bool isWrite = false)
    {
        if (property.Entry is { Key: { Value.Length: > 0 } key })
        {
            Add(symbol, WrittenName.OfWhole(key), isDeclaration, isWrite);
        }
    }

    private void Add(Symbol symbol, BoundScalar name, bool isDeclaration = false, bool isWrite = false)
    {
        if (name.Syntax is ScalarSyntax { Value.Length: > 0 } syntax)
        {
            Add(symbol, WrittenName.OfWhole(syntax), isDeclaration, isWrite);
        }
    }

    private void Add(Symbol symbol, ScalarSyntax syntax, NameUse use) => Add(
        symbol,
        use.Member is MemberNode { LacksDot: false } member
            ? new WrittenName(syntax, use.Span, WrittenKind.Member, member.Dot.Span.Start)
            : new WrittenName(syntax, use.Span, use.Member is MemberNode ? WrittenKind.Part : WrittenKind.Quoted),
        isDeclaration: false);

    private void Add(Symbol symbol, WrittenName spelling, bool isDeclaration, bool isWrite = false) =>
        _uses.Add(new SymbolUse(symbol, _document.Path, spelling.Scalar.ToSourceSpan(spelling.Part), isDeclaration) { Written = spelling, IsWrite = isWrite });

    private static bool IsSame(string one, string other) => one.Equals(other, StringComparison.OrdinalIgnoreCase);
}

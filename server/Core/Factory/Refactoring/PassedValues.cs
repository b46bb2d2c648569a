// What the expressions of activities read of the pipeline around them, and the parameters that give it to them elsewhere.
using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Pipewright.Core.Binding;
using Pipewright.Core.Expressions;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Core.Factory;

/// <summary>A value that a pipeline passes to another.</summary>
/// <param name="Parameter">Its name there.</param>
/// <param name="Type">As a parameter's declaration has it.</param>
/// <param name="Expression">What the pipeline passes, without <c>@</c>.</param>
internal sealed record PassedValue(string Parameter, string Type, string Expression);

/// <summary>Collects the values that the activities of a group read from outside of it.</summary>
internal sealed partial class PassedValues
{
    /// <summary>Members of <c>pipeline()</c> that are the same in every pipeline of a factory.</summary>
    private static readonly string[] Shared = ["globalParameters", "DataFactory"];

    private readonly ActivityGroup _group;
    private readonly ResourceNames _names;
    private readonly BoundResource _pipeline;
    private readonly List<PassedValue> _values = [];
    private readonly List<TextChange> _changes = [];
    private readonly HashSet<string> _moved = new(StringComparer.OrdinalIgnoreCase);
    private readonly SourceText _text;

    private PassedValues(ActivityGroup group, ResourceNames names, BoundResource pipeline, SourceText text)
    {
        _group = group;
        _names = names;
        _pipeline = pipeline;
        _text = text;
    }

    public IReadOnlyList<PassedValue> Values => _values;

    /// <summary>Of the text that the activities are in now: after them their expressions read parameters.</summary>
    public IReadOnlyList<TextChange> Changes => _changes;

    /// <summary>The variables that only the group knows, which go where it goes.</summary>
    public IReadOnlyCollection<string> MovedVariables => _moved;

    /// <summary>Finds what is to be passed; null where an expression reads something that cannot be.</summary>
    public static PassedValues? Find(ActivityGroup group, ResourceNames names, BoundResource pipeline, IReadOnlyCollection<ExpressionSite> sites, SourceText text)
    {
        var passed = new PassedValues(group, names, pipeline, text);
        var inside = sites.Where(s => s.IsDynamic && group.Holds(group.Graph.FindEnclosing(s.Scalar))).ToList();
        if (!passed.FindVariables(sites) || inside.Exists(s => !s.Template.Diagnostics.IsEmpty))
        {
            return null;
        }

        // Parameters keep their names, so they come before what gets a new one.
        passed.Reserve(inside);
        return inside.TrueForAll(passed.Read) ? passed : null;
    }

    /// <summary>Variables that the group sets have to go with it, which they can only if nobody else knows them.</summary>
    private bool FindVariables(IReadOnlyCollection<ExpressionSite> sites)
    {
        var written = _group.Graph.All.Where(a => a.Is("SetVariable") || a.Is("AppendVariable")).ToList();
        var setInside = written.Where(_group.Holds).ToList();
        if (setInside.Exists(a => a.TypeProperties?.FindValue("setSystemVariable") is not null || a.TypeProperties?.FindString("variableName") is null))
        {
            return false;
        }

        _moved.UnionWith(setInside.Select(NameOfVariable));
        var known = written.Except(setInside).Select(NameOfVariable)
            .Concat(sites.Where(s => !_group.Holds(_group.Graph.FindEnclosing(s.Scalar))).SelectMany(FindVariableReads).Select(c => ActivityNames.NameOf(c) ?? ""));
        var isInLoop = _group.Members[0].Container?.ContainersAndSelf().Any(c => c.Is("ForEach") || c.Is("Until")) == true;
        return _moved.Count == 0 || (!isInLoop && !known.Any(k => k.Length == 0 || _moved.Contains(k)));
    }

    private static string NameOfVariable(ActivityNode activity) => activity.TypeProperties?.FindString("variableName") ?? "";

    private static IEnumerable<CallNode> FindVariableReads(ExpressionSite site) => ActivityNames.NodesOf(site.Template).OfType<CallNode>().Where(c => c.Calls("variables"));

    private void Reserve(IEnumerable<ExpressionSite> sites)
    {
        foreach (var (site, call) in from s in sites from c in ActivityNames.NodesOf(s.Template).OfType<CallNode>() where c.Calls("pipeline") select (s, c))
        {
            if (call.Parent is MemberNode member && Is(member.Name, "parameters") && NextName(member) is var (node, name))
            {
                Pass(name, DeclaredType("parameters", name), site.Template.TextOf(node.Span));
            }
        }
    }

    private bool Read(ExpressionSite site)
    {
        var changes = ImmutableArray.CreateBuilder<TextChange>();
        foreach (var call in ActivityNames.NodesOf(site.Template).OfType<CallNode>())
        {
            if (FindRead(site, call) is not { } read)
            {
                return false;
            }

            if (read.Node is { } node)
            {
                changes.Add(new TextChange(node.Span, Access(Pass(read.Name, read.Type, site.Template.TextOf(node.Span)))));
            }
        }

        _changes.AddRange(changes.Count == 0 ? [] : ScalarEdits.Replace(_text, site.Syntax, changes.ToImmutable()));
        return true;
    }

    /// <summary>What a call reads from outside.</summary>
    /// <param name="Node">What a parameter stands for from now on; null where the call stays as it is.</param>
    private readonly record struct OuterRead(ExpressionNode? Node, string Name, string Type);

    /// <returns>Null for a read that no parameter can stand for.</returns>
    private OuterRead? FindRead(ExpressionSite site, CallNode call) => call.Name.ToUpperInvariant() switch
    {
        "PIPELINE" => FindPipelineRead(call),
        "VARIABLES" => ActivityNames.NameOf(call) is not { } name ? null
            : _moved.Contains(name) ? default(OuterRead) : new OuterRead(call, name, DeclaredType("variables", name)),
        "ACTIVITY" or "ACTIVITIES" => ActivityNames.NameOf(call) is not { } name ? null
            : _group.Holds(name) ? default(OuterRead) : IsReadable(site, name) ? FindActivityRead(site, call, name) : null,
        "ITEM" when IsOuterItem(site, call) => new OuterRead(call, "item", ItemType(site, call)),
        _ => default(OuterRead),
    };

    private static OuterRead? FindPipelineRead(CallNode call)
    {
        if (NextName(call) is not var (member, name))
        {
            return null;
        }

        if (Shared.Contains(name, StringComparer.OrdinalIgnoreCase))
        {
            return default(OuterRead);
        }

        if (Is(name, "parameters"))
        {
            return NextName(member) is var (parameter, declared) ? new OuterRead(parameter, declared, "") : null;
        }

        return new OuterRead(member, name, IsTarget(member) ? "object" : "string");
    }

    private bool IsReadable(ExpressionSite site, string activity) => _group.Graph.Find(activity) is not { } target
        || _group.Graph.ReachOf(_group.Graph.FindEnclosing(site.Scalar), target) is ActivityReach.Upstream or ActivityReach.InBranch;

    /// <summary>As much of what is read as is surely there, and of a type that a parameter can have.</summary>
    private OuterRead FindActivityRead(ExpressionSite site, CallNode call, string activity)
    {
        var types = _names.Analyse(site);
        var read = new OuterRead(call, activity, "object");
        for (ExpressionNode node = call; NextName(node) is var (next, name); node = next)
        {
            if (types.TypeOf(node).Members?.GetValueOrDefault(name) is not { IsOptional: false })
            {
                break;
            }

            if (TypeWord(types.TypeOf(next)) is { } type)
            {
                read = new OuterRead(next, $"{activity}_{name}", type);
            }
            else if (node == call && Is(name, "output"))
            {
                read = new OuterRead(next, $"{activity}_output", "object");
            }
        }

        return read;
    }

    private bool IsOuterItem(ExpressionSite site, CallNode call) => _group.Graph.FindEnclosing(site.Scalar) is { } from && ActivityNames.FindItems(site, from).Contains(call)
        && from.ContainersAndSelf().Skip(1).FirstOrDefault(c => c.Is("ForEach")) is { } loop && !_group.Holds(loop);

    private string ItemType(ExpressionSite site, CallNode call) => TypeWord(_names.Analyse(site).TypeOf(call)) ?? (IsTarget(call) ? "object" : "string");

    /// <summary>The same parameter for the same value; a new one gets a name that is free.</summary>
    private string Pass(string name, string type, string expression)
    {
        if (_values.FindIndex(v => Is(v.Expression, expression)) is >= 0 and var known)
        {
            // Whoever reads members of a value knows best that it has some.
            _values[known] = type == "object" ? _values[known] with { Type = type } : _values[known];
            return _values[known].Parameter;
        }

        var free = ActivityNames.MakeUnique(NotInName().Replace(name, "_"), n => _values.Exists(v => Is(v.Parameter, n)));
        _values.Add(new PassedValue(free, type, expression));
        return free;
    }

    private static string Access(string parameter) => parameter.Length > 0 && !char.IsAsciiDigit(parameter[0]) ? $"pipeline().parameters.{parameter}" : $"pipeline().parameters['{parameter}']";

    private string DeclaredType(string section, string name) =>
        ((_pipeline.Properties?.FindValue(section) as BoundObject)?.FindValue(name) as BoundObject)?.FindString("type") is not { } type ? "string"
        : section == "parameters" ? type
        : type.ToUpperInvariant() switch { "BOOLEAN" or "BOOL" => "bool", "INTEGER" or "INT" => "int", "ARRAY" => "array", _ => "string" };

    private static string? TypeWord(ExpressionType type) => (type.Kinds & ~TypeKinds.Null) switch
    {
        TypeKinds.String => "string",
        TypeKinds.Integer => "int",
        TypeKinds.Float or TypeKinds.Number => "float",
        TypeKinds.Boolean => "bool",
        TypeKinds.Array => "array",
        TypeKinds.Object => "object",
        _ => null,
    };

    /// <summary>The member that is read of a value, with its name; null where there is none, or its name is computed.</summary>
    private static (ExpressionNode Node, string Name)? NextName(ExpressionNode node) => node.Parent switch
    {
        MemberNode { Name.Length: > 0 } member when member.Target == node => (member, member.Name),
        IndexNode { Index: LiteralNode { Value: StringValue name } } index when index.Target == node => (index, name.Value),
        _ => null,
    };

    private static bool IsTarget(ExpressionNode node) => (node.Parent as MemberNode)?.Target == node || (node.Parent as IndexNode)?.Target == node;

    private static bool Is(string left, string right) => left.Equals(right, StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex("[^A-Za-z0-9_]+", RegexOptions.CultureInvariant)]
    private static partial Regex NotInName();
}

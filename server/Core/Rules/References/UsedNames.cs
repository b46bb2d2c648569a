// Which declared names a resource uses.
using System.Collections.Immutable;
using Pipewright.Core.Expressions;
using Pipewright.Core.Factory;
using Pipewright.Core.Schema;

namespace Pipewright.Core.Rules.References;

/// <summary>The names of one kind that the expressions of a resource read.</summary>
internal sealed class UsedNames
{
    private readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Texts of which it cannot be told which names they mean: broken ones, and names that are computed.</summary>
    private readonly List<string> _unclear = [];

    private bool _all;

    /// <summary>Everything counts that looks like an expression, at whatever place: what is read somewhere is not to be called unused.</summary>
    public static UsedNames Find(RuleContext context, NameKind kind)
    {
        var used = new UsedNames();
        used.Add(context.Expressions.Select(e => e.Site.Template), kind);
        return used;
    }

    /// <summary>Adds what further expressions read.</summary>
    public void Add(IEnumerable<Template> templates, NameKind kind)
    {
        foreach (var template in templates)
        {
            foreach (var use in NameUses.Find(template).Where(u => u.Kind == kind))
            {
                _all |= use.Name is null;
                _names.Add(use.Name ?? "");
            }

            if (!template.Diagnostics.IsEmpty)
            {
                _unclear.Add(template.Text);
            }
        }
    }

    public bool MayHold(string name) => _all || _names.Contains(name) || _unclear.Any(t => t.Contains(name, StringComparison.OrdinalIgnoreCase));
}

/// <summary>Who sets and who reads the variables of a pipeline.</summary>
internal sealed class VariableUses
{
    private readonly UsedNames? _read;
    private readonly HashSet<string> _set = new(StringComparer.OrdinalIgnoreCase);

    public VariableUses(RuleContext context)
    {
        Declared = context.Kind == ResourceKind.Pipeline ? Factory.Declared.Variables(context.Resource) : [];
        if (!Declared.IsEmpty)
        {
            _read = UsedNames.Find(context, NameKind.Variable);
            _set.UnionWith(context.Activities.Select(a => a.TypeProperties?.FindString("variableName")).OfType<string>());
        }
    }

    public ImmutableArray<DeclaredName> Declared { get; }

    public bool IsRead(string name) => _read!.MayHold(name);

    public bool IsSet(string name) => _set.Contains(name);
}

// Writes a template as a module of Bicep that people can go on with: resources by symbolic names, and references between them.
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Pipewright.Core.Schema;

namespace Pipewright.Deployment.Templates;

/// <summary>One template, with the name that each of its parameters and resources has in Bicep.</summary>
internal sealed class BicepText
{
    private const int LongestName = 200;

    /// <summary>The order in which people read: what others need comes first.</summary>
    private static readonly ImmutableArray<ResourceKind> Order =
    [
        ResourceKind.Factory, ResourceKind.ManagedVirtualNetwork, ResourceKind.ManagedPrivateEndpoint, ResourceKind.IntegrationRuntime, ResourceKind.Credential, ResourceKind.LinkedService,
        ResourceKind.Dataset, ResourceKind.DataFlow, ResourceKind.Pipeline, ResourceKind.Trigger, ResourceKind.ChangeDataCapture,
    ];

    private readonly FactoryTemplate _template;
    private readonly Dictionary<TemplateParameter, string> _parameters = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<ResourceId, (string Symbol, string Name)> _resources = [];
    private readonly SortedDictionary<string, string> _networks = new(StringComparer.OrdinalIgnoreCase);
    private readonly StringBuilder _text = new();

    public BicepText(FactoryTemplate template)
    {
        _template = template;
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "factory", "factoryName" };
        foreach (var parameter in template.Parameters)
        {
            _parameters[parameter] = Take(taken, parameter.Name);
        }

        foreach (var resource in template.Resources.Where(r => !r.IsFactory))
        {
            var word = TemplateKinds.WordOf(resource.Id.Kind);
            _resources[resource.Id] = (Take(taken, resource.Id.Kind == ResourceKind.Factory ? word : $"{word}_{resource.Id.Name}"), resource.Id.Name);
        }

        foreach (var network in template.Resources.Select(r => r.Id.VirtualNetwork).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase))
        {
            _networks[network] = _resources.TryGetValue(new ResourceId(ResourceKind.ManagedVirtualNetwork, network), out var known) ? known.Symbol : Take(taken, $"managedVirtualNetwork_{network}");
        }
    }

    public string WriteModule()
    {
        _text.Clear();
        WriteParameter(ArmTemplateText.FactoryParameter(_template.FactoryName), "factoryName");
        foreach (var parameter in _template.Parameters)
        {
            WriteParameter(parameter, _parameters[parameter]);
        }

        if (_template.Resources.Any(r => !r.IsFactory))
        {
            _text.Append($"resource factory '{TemplateKinds.Factory}@{TemplateKinds.ApiVersion}' existing = {{\n  name: factoryName\n}}\n\n");
        }

        foreach (var (network, symbol) in _networks.Where(n => !_resources.ContainsKey(new ResourceId(ResourceKind.ManagedVirtualNetwork, n.Key))))
        {
            _text.Append(CultureInfo.InvariantCulture, $"resource {symbol} '{TemplateKinds.Factory}/managedVirtualNetworks@{TemplateKinds.ApiVersion}' existing = {{\n  parent: factory\n  name: {Quote(network)}\n}}\n\n");
        }

        foreach (var resource in _template.Resources.OrderBy(r => Order.IndexOf(r.Id.Kind)).ThenBy(r => TemplateKinds.PathOf(r.Id), StringComparer.Ordinal))
        {
            WriteResource(resource);
        }

        return _text.ToString().TrimEnd('\n') + "\n";
    }

    /// <summary>A file of parameters: the defaults, and nothing for the others.</summary>
    public string WriteParameters(string module)
    {
        _text.Clear();
        _text.Append(CultureInfo.InvariantCulture, $"using {Quote(module)}\n\nparam factoryName = {Quote(_template.FactoryName ?? "")}\n");
        foreach (var parameter in _template.Parameters)
        {
            _text.Append(CultureInfo.InvariantCulture, $"param {_parameters[parameter]} = ");
            WriteLiteral(parameter.Default ?? ArmTemplateText.EmptyOf(parameter.Type), 0);
            _text.Append('\n');
        }

        return _text.ToString();
    }

    private void WriteParameter(TemplateParameter parameter, string name)
    {
        if (parameter.Description is not null)
        {
            _text.Append(CultureInfo.InvariantCulture, $"@description({Quote(parameter.Description)})\n");
        }

        if (parameter.IsSecure)
        {
            _text.Append("@secure()\n");
        }

        var type = parameter.Type switch { "secureString" => "string", "secureObject" => "object", var plain => plain };
        _text.Append(CultureInfo.InvariantCulture, $"param {name} {type}");
        if (parameter.Default is { } value)
        {
            _text.Append(" = ");
            WriteLiteral(value, 0);
        }

        _text.Append("\n\n");
    }

    private void WriteResource(TemplateResource resource)
    {
        var type = resource.Id.Kind == ResourceKind.Factory ? "globalParameters" : TemplateKinds.TypeOf(resource.Id.Kind);
        _text.Append(resource.IsFactory
            ? $"resource factory '{TemplateKinds.Factory}@{TemplateKinds.ApiVersion}' = {{\n  name: factoryName\n"
            : $"resource {_resources[resource.Id].Symbol} '{TemplateKinds.Factory}/{type}@{TemplateKinds.ApiVersion}' = {{\n  parent: {(resource.Id.VirtualNetwork is { } network ? _networks[network] : "factory")}\n  name: {Quote(resource.Id.Name)}\n");
        var implied = new HashSet<ResourceId>();
        foreach (var (name, value) in resource.Body.Members)
        {
            WriteMember(name, value, resource, implied, 1);
        }

        if (resource.Id.VirtualNetwork is { } parent)
        {
            implied.Add(new ResourceId(ResourceKind.ManagedVirtualNetwork, parent));
        }

        var said = resource.References.Where(r => !implied.Contains(r)).ToList();
        if (said.Count > 0)
        {
            _text.Append("  dependsOn: [\n");
            said.ForEach(r => _text.Append(CultureInfo.InvariantCulture, $"    {_resources[r].Symbol}\n"));
            _text.Append("  ]\n");
        }

        _text.Append("}\n\n");
    }

    private void WriteMember(string name, TemplateNode value, TemplateResource resource, HashSet<ResourceId> implied, int depth)
    {
        Indent(depth);
        _text.Append(Key(name)).Append(": ");
        WriteNode(value, resource, implied, depth);
        _text.Append('\n');
    }

    /// <param name="implied">Takes the resources that are mentioned, which Bicep takes for needed.</param>
    private void WriteNode(TemplateNode node, TemplateResource resource, HashSet<ResourceId> implied, int depth)
    {
        switch (node)
        {
            case TemplateObject value:
                WriteList('{', '}', value.Members.Length, depth, i => WriteMember(value.Members[i].Name, value.Members[i].Value, resource, implied, depth + 1));
                break;
            case TemplateArray array:
                WriteList('[', ']', array.Items.Length, depth, i =>
                {
                    Indent(depth + 1);
                    WriteNode(array.Items[i], resource, implied, depth + 1);
                    _text.Append('\n');
                });
                break;
            case ParameterUse use:
                _text.Append(_parameters[use.Parameter]);
                break;
            case ReferenceName reference when resource.References.Contains(reference.Target) && _resources[reference.Target].Name == reference.Text:
                implied.Add(reference.Target);
                _text.Append(_resources[reference.Target].Symbol).Append(".name");
                break;
            case ReferenceName reference:
                _text.Append(Quote(reference.Text));
                break;
            case TemplateLiteral literal:
                WriteLiteral(literal.Value, depth);
                break;
        }
    }

    private void WriteLiteral(JsonElement value, int depth)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                var members = value.EnumerateObject().ToList();
                WriteList('{', '}', members.Count, depth, i =>
                {
                    Indent(depth + 1);
                    _text.Append(Key(members[i].Name)).Append(": ");
                    WriteLiteral(members[i].Value, depth + 1);
                    _text.Append('\n');
                });
                break;
            case JsonValueKind.Array:
                var items = value.EnumerateArray().ToList();
                WriteList('[', ']', items.Count, depth, i =>
                {
                    Indent(depth + 1);
                    WriteLiteral(items[i], depth + 1);
                    _text.Append('\n');
                });
                break;
            case JsonValueKind.String:
                _text.Append(Quote(value.GetString()!));
                break;
            case JsonValueKind.Number when !value.TryGetInt64(out var number) || number == long.MinValue || value.GetRawText() != number.ToString(CultureInfo.InvariantCulture):
                // Bicep has whole numbers only; JSON has others.
                _text.Append(CultureInfo.InvariantCulture, $"json('{value.GetRawText()}')");
                break;
            default:
                _text.Append(value.GetRawText());
                break;
        }
    }

    private void WriteList(char open, char close, int count, int depth, Action<int> writeItem)
    {
        _text.Append(open);
        if (count > 0)
        {
            _text.Append('\n');
            for (var i = 0; i < count; i++)
            {
                writeItem(i);
            }

            Indent(depth);
        }

        _text.Append(close);
    }

    private void Indent(int depth) => _text.Append(' ', depth * 2);

    private static string Key(string name) => IsIdentifier(name) && name is not ("true" or "false" or "null") ? name : Quote(name);

    private static bool IsIdentifier(string name) => name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(c => c == '_' || char.IsAsciiLetterOrDigit(c));

    private static string Quote(string text)
    {
        var quoted = new StringBuilder(text.Length + 2).Append('\'');
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            _ = c switch
            {
                '\\' => quoted.Append("\\\\"),
                '\'' => quoted.Append("\\'"),
                '\n' => quoted.Append("\\n"),
                '\r' => quoted.Append("\\r"),
                '\t' => quoted.Append("\\t"),
                '$' when i + 1 < text.Length && text[i + 1] == '{' => quoted.Append("\\$"),
                < ' ' or '\u007f' or '\u0085' or '\u2028' or '\u2029' => quoted.Append(CultureInfo.InvariantCulture, $"\\u{{{(int)c:x}}}"),
                _ => quoted.Append(c),
            };
        }

        return quoted.Append('\'').ToString();
    }

    /// <summary>An identifier of its own for a name. What an identifier can't have becomes an underscore.</summary>
    private static string Take(HashSet<string> taken, string name)
    {
        var plain = string.Concat(name.Select(c => c == '_' || char.IsAsciiLetterOrDigit(c) ? c : '_'));
        plain = char.IsAsciiDigit(plain[0]) ? "_" + plain : plain;
        plain = plain.Length > LongestName ? plain[^LongestName..].TrimStart('0', '1', '2', '3', '4', '5', '6', '7', '8', '9') : plain;
        var identifier = plain;
        for (var number = 2; !taken.Add(identifier); number++)
        {
            identifier = plain + "_" + number.ToString(CultureInfo.InvariantCulture);
        }

        return identifier;
    }
}

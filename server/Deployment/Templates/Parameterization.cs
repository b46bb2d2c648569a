// Puts parameters into the body of a resource: by the definition, and for every secret.
using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Pipewright.Core.Rules.Security;
using Pipewright.Core.Schema;

namespace Pipewright.Deployment.Templates;

/// <param name="report">Given a sentence for each thing that the template can't keep.</param>
internal sealed class Parameterization(ParameterDefinitions definitions, ParameterNames names, Action<string> report)
{
    private readonly List<TemplateParameter> _parameters = [];

    /// <summary>All parameters so far: secrets first, as in Studio, then the others in the order in which they were met.</summary>
    public ImmutableArray<TemplateParameter> Parameters => [.. _parameters.OrderBy(p => !p.IsSecure)];

    /// <summary>The body of a resource with parameters in it.</summary>
    /// <param name="name">What names of parameters begin with.</param>
    public TemplateObject Apply(ResourceKind kind, string section, string name, JsonElement body)
    {
        var type = body.TryGetProperty("properties", out var properties) && properties.ValueKind == JsonValueKind.Object && properties.TryGetProperty("type", out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString() : null;
        return new Walk(this, kind, type).VisitObject(body, definitions.Find(section, type), new ParameterPlace(name, []));
    }

    /// <summary>A parameter that whoever deploys has to give a text.</summary>
    public ParameterUse AddRequired(string name, string description) => Add(names.Take(name), "string", null, description);

    private ParameterUse Add(string name, string type, JsonElement? value, string? description)
    {
        _parameters.Add(new TemplateParameter(name, type, value, description));
        return new ParameterUse(_parameters[^1]);
    }

    /// <summary>The way through one resource.</summary>
    private sealed class Walk(Parameterization owner, ResourceKind kind, string? type)
    {
        private TemplateNode Visit(JsonElement value, ParameterRule? rule, ParameterPlace place) => (value.ValueKind, rule) switch
        {
            (_, ParameterAction action) => Parameterize(value, action, place),
            (JsonValueKind.Object, _) => VisitObject(value, rule as MemberRules, place),
            (JsonValueKind.Array, _) => VisitArray(value, rule as ElementRule, place),
            (JsonValueKind.String, _) when IsSecret(value, place) => Secret(place, [place.ShortName, place.LongName]),
            _ => new TemplateLiteral(value),
        };

        public TemplateObject VisitObject(JsonElement value, ParameterRule? rule, ParameterPlace place)
        {
            var members = ImmutableArray.CreateBuilder<(string, TemplateNode)>();
            var target = JsonReferences.TargetOf(value);
            var isSecret = SecretMask.IsSecretObject(value);
            int? encryptedAt = null;
            foreach (var member in value.EnumerateObject())
            {
                var inner = place.Into(member.Name);
                if (isSecret && member.Name is "value" or "defaultValue" && IsWrittenOut(member.Value))
                {
                    members.Add((member.Name, OfSecretObject(inner, (rule as MemberRules)?.For(member.Name) as ParameterAction)));
                }
                else if (member.Name == EncryptedCredential.Property && IsConnection(place))
                {
                    encryptedAt = members.Count;
                }
                else if (target is not null && member.Name == "referenceName" && (rule as MemberRules)?.For(member.Name) is null)
                {
                    members.Add((member.Name, new ReferenceName(target, member.Value.GetString()!)));
                }
                else
                {
                    members.Add((member.Name, Visit(member.Value, (rule as MemberRules)?.For(member.Name), inner)));
                }
            }

            if (encryptedAt is { } at && !members.Any(m => HasSecret(m.Item2)))
            {
                AddEncrypted(members, at, value, place);
            }

            return new TemplateObject(members.ToImmutable());
        }

        private void AddEncrypted(ImmutableArray<(string, TemplateNode)>.Builder members, int at, JsonElement typeProperties, ParameterPlace place)
        {
            if (EncryptedCredential.FindSecret(type, typeProperties) is not { } secret)
            {
                owner.Report($"'{EncryptedCredential.Property}' of '{place.Resource}' is left out: only the factory that made it can read it, and which secret it stands for can't be told. Put the secret into a key vault.");
                return;
            }

            members.Insert(at, (secret, new TemplateObject(
            [
                ("type", new TemplateLiteral(JsonElement.Parse("\"SecureString\""))),
                ("value", OfSecretObject(place.Into(secret).Into("value"), null)),
            ])));
        }

        private TemplateArray VisitArray(JsonElement value, ElementRule? rule, ParameterPlace place)
        {
            var items = ImmutableArray.CreateBuilder<TemplateNode>();
            foreach (var item in value.EnumerateArray())
            {
                items.Add(Visit(item, rule?.Element, place.Element(NameOf(item, rule?.NamePath, items.Count))));
            }

            return new TemplateArray(items.ToImmutable());
        }

        private TemplateNode Parameterize(JsonElement value, ParameterAction action, ParameterPlace place)
        {
            if (value.ValueKind == JsonValueKind.Null || (InferType(value) is not { } inferred))
            {
                // ARM has no parameters for null and for numbers with a fraction.
                return new TemplateLiteral(value);
            }

            if (action.Action == '|' && IsKeyVaultSecret(value))
            {
                // What is secret stays in the vault; its name there is what differs from one environment to the next.
                var rules = new MemberRules(ImmutableDictionary<string, ParameterRule>.Empty.Add("secretName", new ParameterAction('=', "", false, null)), null);
                return VisitObject(value, rules, place);
            }

            if (SecretMask.IsSecretObject(value))
            {
                var rules = new MemberRules(ImmutableDictionary<string, ParameterRule>.Empty.Add("value", action), null);
                return VisitObject(value, rules, place);
            }

            var name = owner.Name(action, place);
            if (action.Action == '|' || action.Type is "secureString" or "secureObject" || HasSecret(value, place))
            {
                return owner.Add(name, value.ValueKind == JsonValueKind.Object || action.Type == "secureObject" ? "secureObject" : "secureString", null, DescribeSecret(place));
            }

            return action.Action == '='
                ? owner.Add(name, inferred, value, null)
                : owner.Add(name, action.Type ?? inferred, null, null);
        }

        /// <summary>The value of a <c>SecureString</c>. Studio names its parameter by the property that the object is the value of.</summary>
        private ParameterUse OfSecretObject(ParameterPlace place, ParameterAction? action)
        {
            var holder = place.Parent;
            var isConnection = kind == ResourceKind.LinkedService && holder.Path is ["properties", "typeProperties", ..];
            return action is { Name.Length: > 0 } || (action is not null && !isConnection)
                ? owner.Add(owner.Name(action, action.Name.Length > 0 ? holder : place), "secureString", null, DescribeSecret(holder))
                : Secret(holder, isConnection ? [holder.ShortName, holder.LongName] : [place.LongName]);
        }

        private ParameterUse Secret(ParameterPlace place, string[] wanted) => owner.Add(owner.Take(wanted), "secureString", null, DescribeSecret(place));

        private static string DescribeSecret(ParameterPlace place) => $"Secure string for '{place.Property}' of '{place.Resource}'";

        /// <summary>Whether a place holds what a linked service's connection is made of.</summary>
        private bool IsConnection(ParameterPlace place) => kind == ResourceKind.LinkedService && place.Path is ["properties", "typeProperties"];

        /// <summary>Whether a text is a secret by itself: only what connects to something is looked at, where a parameter without a value is better than a secret in a file.</summary>
        private bool IsSecret(JsonElement value, ParameterPlace place) => EnvironmentMark.IsIn(value.GetString()!)
            || (kind is ResourceKind.LinkedService or ResourceKind.IntegrationRuntime or ResourceKind.Credential && SecretMask.Hide(place.Property, value.GetString()!) != value.GetString());
    }

    private string Name(ParameterAction action, ParameterPlace place)
    {
        var end = action.Name.Length > 0 ? action.Name : place.Property;
        var longName = $"{place.Parent.LongName}_{end}";
        return action.IsShort ? names.Take($"{place.Resource}_{end}", longName) : names.Take(longName);
    }

    private string Take(string[] wanted) => names.Take(wanted);

    private void Report(string sentence) => report(sentence);

    /// <summary>The type of a parameter that can hold a value; null where none can.</summary>
    private static string? InferType(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => "string",
        JsonValueKind.True or JsonValueKind.False => "bool",
        JsonValueKind.Number => value.TryGetInt64(out _) ? "int" : null,
        JsonValueKind.Array => "array",
        JsonValueKind.Object => "object",
        _ => null,
    };

    /// <summary>Whether a secret is written down, and not computed in the run.</summary>
    private static bool IsWrittenOut(JsonElement value) => value.ValueKind == JsonValueKind.String && value.GetString() is { } text
        && !text.StartsWith('@') && !text.Contains("@{", StringComparison.Ordinal);

    private static bool IsKeyVaultSecret(JsonElement value) => value.ValueKind == JsonValueKind.Object && value.TryGetProperty("type", out var type)
        && type.ValueKind == JsonValueKind.String && "AzureKeyVaultSecret".Equals(type.GetString(), StringComparison.OrdinalIgnoreCase);

    private static bool HasSecret(TemplateNode node) => node switch
    {
        ParameterUse use => use.Parameter.IsSecure,
        TemplateObject value => value.Members.Any(m => HasSecret(m.Value)),
        TemplateArray array => array.Items.Any(HasSecret),
        _ => false,
    };

    private static bool HasSecret(JsonElement value, ParameterPlace place) => value.ValueKind switch
    {
        JsonValueKind.String => EnvironmentMark.IsIn(value.GetString()!) || SecretMask.Hide(place.Property, value.GetString()!) != value.GetString(),
        JsonValueKind.Object => (SecretMask.IsSecretObject(value) && value.EnumerateObject().Any(m => m.Name is "value" or "defaultValue" && IsWrittenOut(m.Value)))
            || value.EnumerateObject().Any(m => HasSecret(m.Value, place.Into(m.Name))),
        JsonValueKind.Array => value.EnumerateArray().Any(i => HasSecret(i, place)),
        _ => false,
    };

    /// <summary>What an element of a list is called in the names of parameters: an activity by its name, a pipeline of a trigger by what it refers to, any other by its place.</summary>
    private static string NameOf(JsonElement element, string? path, int index)
    {
        foreach (var candidate in path is null ? ["name", "pipelineReference.referenceName"] : (string[])[path])
        {
            var value = element;
            if (candidate.Split('.').All(step => value.ValueKind == JsonValueKind.Object && value.TryGetProperty(step, out value)) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } name)
            {
                return name;
            }
        }

        return index.ToString(CultureInfo.InvariantCulture);
    }
}

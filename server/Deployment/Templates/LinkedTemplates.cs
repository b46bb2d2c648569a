// Cuts a template that is too large for ARM into several, and a master that deploys them, as Data Factory Studio does.
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Pipewright.Deployment.Planning;

namespace Pipewright.Deployment.Templates;

internal static class LinkedTemplates
{
    public const string ContainerUri = "containerUri";

    public const string ContainerSasToken = "containerSasToken";

    // Azure's limits of templates (Microsoft's documentation, "Best practices for templates").
    public const int MostParameters = 256;
    private const int MostResources = 800;
    private const int LargestTemplate = 4 * 1024 * 1024;
    private const int LargestResource = 1024 * 1024;

    /// <summary>The linked templates; none where one template is enough.</summary>
    /// <param name="text">The template in one.</param>
    public static IEnumerable<TemplateFile> Write(FactoryTemplate template, string text, Action<string> report)
    {
        CheckParameters(template, report);
        if (template.Resources.Length <= MostResources && Encoding.UTF8.GetByteCount(text) <= LargestTemplate)
        {
            return [];
        }

        var parts = Cut(template, report);
        List<TemplateParameter> parameters =
        [
            .. template.Parameters,
            new(ContainerUri, "string", null, "URI to storage account containing linked ARM templates"),
            new(ContainerSasToken, "secureString", null, "Sas token to storage account containing linked ARM templates"),
        ];
        return
        [
            .. parts.Select((p, i) => new TemplateFile($"linkedTemplates/{NameOf(i)}.json", ArmTemplateText.Write(p))),
            new TemplateFile("linkedTemplates/ArmTemplate_master.json", WriteMaster(template.FactoryName, parameters, parts)),
            new TemplateFile("linkedTemplates/ArmTemplateParameters_master.json", ArmTemplateText.WriteParameters(template.FactoryName, parameters)),
        ];
    }

    /// <summary>Tells of more parameters than a template may have: cutting it up does not help, the master has them all.</summary>
    public static void CheckParameters(FactoryTemplate template, Action<string> report)
    {
        if (template.Parameters.Length + 1 > MostParameters)
        {
            report($"The template has {template.Parameters.Length + 1} parameters, and Azure takes {MostParameters}. Name fewer properties in {ParameterDefinitions.FileName}.");
        }
    }

    private static string NameOf(int part) => "ArmTemplate_" + part.ToString(CultureInfo.InvariantCulture);

    /// <summary>Parts that can be deployed one after the other: each resource is in the part of what it needs, or in a later one.</summary>
    private static List<FactoryTemplate> Cut(FactoryTemplate template, Action<string> report)
    {
        var parts = new List<FactoryTemplate>();
        var part = ImmutableArray.CreateBuilder<TemplateResource>();
        var size = 0;
        foreach (var resource in ReferenceOrder.Sort(template.Resources, r => r.Id, r => r.References, _ => { }))
        {
            var used = UsedBy([resource]);
            var own = Size(template with { Parameters = [.. template.Parameters.Where(used.Contains)], Resources = [resource] });
            if (own > LargestResource)
            {
                report($"{resource.Id} takes more than the 1 MB that Azure takes for one resource of a template.");
            }

            if (part.Count == MostResources || (part.Count > 0 && size + own > LargestTemplate))
            {
                Close();
            }

            part.Add(resource);
            size += own;
        }

        Close();
        return parts;

        void Close()
        {
            var used = UsedBy(part);
            parts.Add(template with { Parameters = [.. template.Parameters.Where(used.Contains)], Resources = part.ToImmutable() });
            part.Clear();
            size = 0;
        }
    }

    private static int Size(FactoryTemplate template) => Encoding.UTF8.GetByteCount(ArmTemplateText.Write(template));

    private static HashSet<TemplateParameter> UsedBy(IEnumerable<TemplateResource> resources)
    {
        var used = new HashSet<TemplateParameter>(ReferenceEqualityComparer.Instance);
        foreach (var resource in resources)
        {
            Find(resource.Body);
        }

        return used;

        void Find(TemplateNode node)
        {
            switch (node)
            {
                case TemplateObject value:
                    value.Members.ToList().ForEach(m => Find(m.Value));
                    break;
                case TemplateArray array:
                    array.Items.ToList().ForEach(Find);
                    break;
                case ParameterUse use:
                    used.Add(use.Parameter);
                    break;
            }
        }
    }

    private static string WriteMaster(string? factoryName, List<TemplateParameter> parameters, List<FactoryTemplate> parts) => ArmTemplateText.Write(writer =>
    {
        ArmTemplateText.WriteHead(writer, factoryName, parameters);
        writer.WriteStartArray("resources");
        for (var i = 0; i < parts.Count; i++)
        {
            WriteDeployment(writer, i, parts[i].Parameters);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    });

    private static void WriteDeployment(Utf8JsonWriter writer, int part, ImmutableArray<TemplateParameter> parameters)
    {
        writer.WriteStartObject();
        writer.WriteString("name", $"[{DeploymentName(part)}]");
        writer.WriteString("type", "Microsoft.Resources/deployments");
        writer.WriteString("apiVersion", "2024-03-01");
        writer.WriteStartObject("properties");
        writer.WriteString("mode", "incremental");
        writer.WriteStartObject("templateLink");
        writer.WriteString("uri", $"[concat(parameters('{ContainerUri}'), '/{NameOf(part)}.json', parameters('{ContainerSasToken}'))]");
        writer.WriteString("contentVersion", "1.0.0.0");
        writer.WriteEndObject();
        writer.WriteStartObject("parameters");
        foreach (var name in parameters.Select(p => p.Name).Prepend("factoryName"))
        {
            writer.WriteStartObject(name);
            writer.WriteString("value", $"[parameters('{ArmTemplateText.Quote(name)}')]");
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteStartArray("dependsOn");
        if (part > 0)
        {
            writer.WriteStringValue($"[resourceId('Microsoft.Resources/deployments', {DeploymentName(part - 1)})]");
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <summary>The name of a deployment has 64 characters at most, that of a factory 63.</summary>
    private static string DeploymentName(int part) => $"concat(take(parameters('factoryName'), 48), '_{NameOf(part)}')";
}

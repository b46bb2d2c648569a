// Rules about linked services to Databricks: which compute they give and how they sign in. Facts by Microsoft's documentation of the linked
// service, and by the errors 3200 to 3208 that runs end with.
using System.Globalization;
using System.Text.RegularExpressions;
using Pipewright.Core.Binding;
using Pipewright.Core.Factory;
using Pipewright.Core.Schema;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Core.Rules.Connections;

/// <summary>A linked service to Databricks, as its rules look at it.</summary>
internal sealed record DatabricksConnection(BoundObject Settings, BoundObject Properties)
{
    /// <summary>Null for a resource that is none.</summary>
    public static DatabricksConnection? Find(RuleContext context) => context.Kind == ResourceKind.LinkedService
        && "AzureDatabricks".Equals(context.Properties?.FindString("type"), StringComparison.OrdinalIgnoreCase)
        && context.Properties!.FindValue("typeProperties") is BoundObject settings
        ? new DatabricksConnection(settings, context.Properties)
        : null;

    public bool Has(string name) => Settings.FindValue(name) is { } value and not BoundScalar { Kind: ScalarKind.Null } && value is not BoundScalar { Text.Length: 0 };

    /// <summary>A text that is written out; null for what is missing or computed.</summary>
    public string? TextOf(string name) => Settings.FindValue(name) is BoundScalar { Text: { Length: > 0 } text } && !SpecForm.IsExpression(text) ? text : null;

    /// <summary>The place to say that something is missing: the type that wants it.</summary>
    public TextSpan TypeSpan => Properties.FindValue("type")!.Span;
}

/// <summary>The choice of an existing cluster and that of a new one exclude each other.</summary>
internal sealed class DatabricksComputeRule() : Rule(new("PW4401", DiagnosticSeverity.Warning, "Two choices of Databricks compute"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        if (DatabricksConnection.Find(context) is not { } connection || !connection.Has("existingClusterId"))
        {
            yield break;
        }

        var existing = connection.Settings.Find("existingClusterId")!;
        var others = connection.Settings.Properties.Where(p => p.Name.StartsWith("newCluster", StringComparison.OrdinalIgnoreCase) || p.Name.Equals("instancePoolId", StringComparison.OrdinalIgnoreCase))
            .Where(p => connection.Has(p.Name) && p.Entry is not null).ToList();
        if (others.Count > 0)
        {
            yield return Descriptor.At(
                others[0].NameSpan,
                $"'existingClusterId' runs everything on a cluster that is there; '{others[0].Name}' describes a new one. Keep one of the two.",
                new CodeFix("Use a new cluster for each run", context.Edits.Remove(existing)) { IsPreferred = false },
                new CodeFix("Use the existing cluster", context.Edits.Remove(others)) { IsPreferred = false });
        }
    }
}

/// <summary>No compute at all, though notebooks, jars or scripts are run: each run ends with error 3201.</summary>
internal sealed class DatabricksNoComputeRule() : Rule(new("PW4402", DiagnosticSeverity.Warning, "No Databricks compute"))
{
    private static readonly string[] Compute = ["existingClusterId", "instancePoolId", "newClusterVersion", "policyId"];

    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        if (DatabricksConnection.Find(context) is not { } connection || Compute.Any(connection.Has))
        {
            yield break;
        }

        var user = context.Factory.ReferencesTo(ResourceKind.LinkedService, context.Resource.Name)
            .SelectMany(d => d.References).SelectMany(r => r).Where(r => r.Kind == ResourceKind.LinkedService && r.Name.Text.Equals(context.Resource.Name, StringComparison.OrdinalIgnoreCase))
            .Select(r => ActivityScope.FindActivity(r.Node)).FirstOrDefault(a => a?.Type?.ToUpperInvariant() is "DATABRICKSNOTEBOOK" or "DATABRICKSSPARKJAR" or "DATABRICKSSPARKPYTHON");
        if (user is not null)
        {
            yield return Descriptor.At(
                connection.TypeSpan,
                $"'{user.Name?.Text}' runs on this linked service, which names no compute. Give 'existingClusterId', or 'newClusterVersion' with 'newClusterNumOfWorker' and 'newClusterNodeType'.");
        }
    }
}

/// <summary>Properties of a new cluster that need each other.</summary>
internal sealed class DatabricksClusterRule() : Rule(new("PW4403", DiagnosticSeverity.Warning, "Incomplete description of a Databricks cluster"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        // A policy may give what is left out.
        if (DatabricksConnection.Find(context) is not { } connection || connection.Has("policyId") || connection.Has("existingClusterId"))
        {
            yield break;
        }

        var hasPool = connection.Has("instancePoolId");
        (string Because, string Wanted, string Value)[] needs =
        [
            ("instancePoolId", "newClusterVersion", "15.4.x-scala2.12"), ("newClusterNodeType", "newClusterVersion", "15.4.x-scala2.12"), ("newClusterVersion", "newClusterNumOfWorker", "1"),
            .. hasPool ? Array.Empty<(string, string, string)>() : [("newClusterVersion", "newClusterNodeType", "Standard_D4ds_v5")],
        ];
        foreach (var missing in needs.Where(n => connection.Has(n.Because) && !connection.Has(n.Wanted)).GroupBy(n => n.Because))
        {
            var names = string.Join(" and ", missing.Select(m => $"'{m.Wanted}'"));
            yield return Descriptor.At(
                connection.Settings.Find(missing.Key)!.NameSpan, $"With '{missing.Key}' a new cluster needs {names} as well.",
                new CodeFix($"Add {names}", [.. missing.SelectMany(m => context.Edits.SetProperty(connection.Settings, m.Wanted, new NewScalar(m.Value)))]) { IsPreferred = false });
        }
    }
}

/// <summary>The number of workers: a fixed one as <c>"2"</c>, or with autoscaling <c>"1:10"</c>; with a pool only a fixed one.</summary>
internal sealed partial class DatabricksWorkersRule() : Rule(new("PW4404", DiagnosticSeverity.Error, "Number of Databricks workers"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        if (DatabricksConnection.Find(context) is { } connection && connection.TextOf("newClusterNumOfWorker") is { } text && Judge(text, connection.Has("instancePoolId")) is var (message, better))
        {
            var node = connection.Settings.FindValue("newClusterNumOfWorker")!;
            yield return Descriptor.At(node.Span, message, better is null ? [] : [new CodeFix($"Change to '{better}'", context.Edits.SetValue(node, new NewScalar(better)))]);
        }
    }

    private static (string Message, string? Better)? Judge(string text, bool hasPool)
    {
        if (Workers().Match(text) is not { Success: true } match)
        {
            return ($"'{text}' is no number of workers. Write one such as '2', or with autoscaling '1:10'.", null);
        }

        if (match.Groups["most"] is not { Success: true } most)
        {
            return null;
        }

        var (least, greatest) = (int.Parse(match.Groups["least"].ValueSpan, CultureInfo.InvariantCulture), int.Parse(most.ValueSpan, CultureInfo.InvariantCulture));
        return hasPool ? ($"With an instance pool the number of workers is fixed: write '{greatest}'.", $"{greatest}")
            : least > greatest ? ($"The least number of workers, {least}, is above the greatest, {greatest}.", $"{greatest}:{least}")
            : null;
    }

    [GeneratedRegex("^(?<least>[0-9]{1,6})(:(?<most>[0-9]{1,6}))?$", RegexOptions.CultureInvariant)]
    private static partial Regex Workers();
}

/// <summary>How the factory signs in: by a token, or by a managed identity with the workspace's id. None leads to error 3201.</summary>
internal sealed class DatabricksSignInRule() : Rule(new("PW4405", DiagnosticSeverity.Warning, "How to sign in to Databricks"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        if (DatabricksConnection.Find(context) is not { } connection)
        {
            yield break;
        }

        var token = connection.Settings.Find("accessToken");
        var authentication = connection.Settings.FindValue("authentication");
        var isIdentity = connection.Has("authentication") && (connection.TextOf("authentication") is null || "MSI".Equals(connection.TextOf("authentication"), StringComparison.OrdinalIgnoreCase));
        if (token is not null && connection.Has("accessToken") && isIdentity && connection.TextOf("authentication") is not null)
        {
            yield return Descriptor.At(
                token.NameSpan, "A token and a managed identity are given both. Keep one of the two; the identity needs no secret.",
                new CodeFix("Sign in by the managed identity", context.Edits.Remove(token)));
        }
        else if (token is null && !isIdentity && !connection.Has("credential") && !connection.Has("encryptedCredential"))
        {
            yield return Descriptor.At(
                authentication?.Span ?? connection.TypeSpan,
                "Nothing says how to sign in. Give 'authentication: MSI' with 'workspaceResourceId', or an 'accessToken' from a Key Vault.");
        }

        if (isIdentity && !connection.Has("workspaceResourceId") && connection.TextOf("authentication") is not null)
        {
            yield return Descriptor.At(
                authentication!.Span, "A managed identity signs in to a workspace by its id: give 'workspaceResourceId' as well.",
                new CodeFix("Add 'workspaceResourceId'", context.Edits.SetProperty(connection.Settings, "workspaceResourceId", new NewScalar("/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/my-group/providers/Microsoft.Databricks/workspaces/my-workspace"))) { IsPreferred = false });
        }
    }
}

/// <summary>The address of a workspace: its host alone, at one of Azure's clouds.</summary>
internal sealed partial class DatabricksDomainRule() : Rule(new("PW4406", DiagnosticSeverity.Warning, "Address of a Databricks workspace"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        if (DatabricksConnection.Find(context) is not { } connection || connection.TextOf("domain") is not { } text || text.Contains('<', StringComparison.Ordinal) || text.Contains("#{", StringComparison.Ordinal))
        {
            yield break;
        }

        var scalar = (BoundScalar)connection.Settings.FindValue("domain")!;
        if (Host().Match(text) is not { Success: true } match)
        {
            yield return Descriptor.At(scalar.Span, "This is no address of a Databricks workspace in Azure. It looks like 'https://adb-1234567890123456.7.azuredatabricks.net'.");
        }
        else if (!match.Groups["scheme"].Success || match.Groups["rest"].Length > 0)
        {
            var better = "https://" + match.Groups["host"].Value;
            yield return Descriptor.At(scalar.Span, $"The address of a workspace has 'https://' before its host, and nothing after it.", new CodeFix($"Change to '{better}'", context.Edits.SetText(scalar, better)));
        }
    }

    [GeneratedRegex(@"^(?<scheme>https://)?(http://)?(?<host>[A-Za-z0-9.-]+\.(azuredatabricks\.net|databricks\.azure\.us|databricks\.azure\.cn))/?(?<rest>.*)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Host();
}

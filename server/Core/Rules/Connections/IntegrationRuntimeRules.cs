// Rules about what an integration runtime reaches and runs: by Microsoft's documentation of integration runtimes only a self-hosted one reaches a
// private network, and only Azure's own runs data flows.
using System.Globalization;
using System.Text.RegularExpressions;
using Pipewright.Core.Binding;
using Pipewright.Core.Factory;
using Pipewright.Core.Schema;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Core.Rules.Connections;

/// <summary>What runs a linked service, as far as the repository tells.</summary>
internal enum RuntimeKind
{
    /// <summary>Azure's own, which reaches what is public.</summary>
    Public,

    /// <summary>Azure's own, in a network of its own: private endpoints may lead anywhere.</summary>
    Managed,
    SelfHosted,

    /// <summary>One that no file here declares.</summary>
    Unknown,
}

internal static class IntegrationRuntimes
{
    private const string Default = "AutoResolveIntegrationRuntime";

    /// <summary>The kind that a reference names; Azure's own where there is none.</summary>
    public static RuntimeKind KindOf(FactorySnapshot factory, BoundNode? reference)
    {
        if (reference is null or BoundScalar { Kind: ScalarKind.Null })
        {
            return FindKind(factory, Default) is RuntimeKind.Managed ? RuntimeKind.Managed : RuntimeKind.Public;
        }

        return (reference as BoundObject)?.FindString("referenceName") is { } name && !SpecForm.IsExpression(name)
            ? FindKind(factory, name) is RuntimeKind.Unknown && name.Equals(Default, StringComparison.OrdinalIgnoreCase) ? RuntimeKind.Public : FindKind(factory, name)
            : RuntimeKind.Unknown;
    }

    private static RuntimeKind FindKind(FactorySnapshot factory, string name) =>
        factory.Find(ResourceKind.IntegrationRuntime, name) is [{ Resource.Properties: { } properties }] ? properties.FindString("type")?.ToUpperInvariant() switch
        {
            "SELFHOSTED" => RuntimeKind.SelfHosted,
            "MANAGED" => properties.FindValue("managedVirtualNetwork") is null ? RuntimeKind.Public : RuntimeKind.Managed,
            _ => RuntimeKind.Unknown,
        }
        : RuntimeKind.Unknown;
}

/// <summary>A linked service to a host of a private network that Azure's own integration runtime is to reach.</summary>
internal sealed partial class PrivateHostRule() : Rule(new("PW4430", DiagnosticSeverity.Warning, "Private host without self-hosted integration runtime"))
{
    private static readonly string[] HostProperties = ["server", "host", "url", "baseUrl", "endpoint", "serviceUri", "hostName"];

    private static readonly string[] HostParts = ["server", "datasource", "host", "hostname", "address", "addr", "networkaddress"];

    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        if (LinkedServiceReading.Of(context) is { } service && FindHost(service) is var (scalar, span, host) && IsPrivate(host, service.Type.Text)
            && IntegrationRuntimes.KindOf(context.Factory, service.Properties.FindValue("connectVia")) == RuntimeKind.Public)
        {
            yield return Descriptor.At(
                LinkedServiceReading.SpanOf(scalar, span), $"{(host.EndsWith(':') ? $"'{host}' is a drive of a machine" : $"'{host}' is in a private network")}, which Azure's own integration runtime does not reach. Name a self-hosted one by 'connectVia'.",
                [.. SelfHosted.Find(context, service)]);
        }
    }

    private static (BoundScalar Scalar, TextSpan Span, string Host)? FindHost(LinkedServiceReading service)
    {
        foreach (var scalar in HostProperties.Select(service.FindText).OfType<BoundScalar>())
        {
            return (scalar, new TextSpan(0, scalar.Text.Length), StripAddress(scalar.Text));
        }

        if (service.FindText("connectionString") is { } text && ConnectionStringParts.Parse(text.Text).FirstOrDefault(p => HostParts.Contains(p.Key)) is { } part)
        {
            return (text, part.Span, StripAddress(part.Value));
        }

        return null;
    }

    /// <summary>The host alone: without scheme, share, instance, port and path.</summary>
    private static string StripAddress(string text) => Address().Match(text) is { Success: true } match ? match.Groups["host"].Value : text;

    /// <summary>Loopback, private ranges of addresses (RFC 1918), endings that no public name has, and for file servers and databases names without a dot.</summary>
    private static bool IsPrivate(string host, string type)
    {
        if (NumericAddress().Match(host) is { Success: true } address)
        {
            var (first, second) = (Part(1), Part(2));
            return first is "10" or "127" || (first == "192" && second == "168")
                || (first == "172" && int.TryParse(second, NumberStyles.None, CultureInfo.InvariantCulture, out var block) && block is >= 16 and <= 31);

            string Part(int group) => address.Groups[group].Value;
        }

        return host.ToUpperInvariant() is "LOCALHOST" or "." or "(LOCAL)" or "(LOCALDB)"
            || PrivateName().IsMatch(host)
            || (type.ToUpperInvariant() is "FILESERVER" && Drive().IsMatch(host))
            || (type.ToUpperInvariant() is "FILESERVER" or "SQLSERVER" && BareName().IsMatch(host));
    }

    [GeneratedRegex(@"^\s*(tcp:|[a-z][a-z0-9+.]*://|\\\\)?(?<host>[A-Za-z]:(?=\\|/|$)|\([a-z]+\)|[^\\/:,\s]+)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Address();

    [GeneratedRegex(@"\.(local|lan|intranet|corp|localdomain|home\.arpa)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex PrivateName();

    [GeneratedRegex(@"^([0-9]{1,3})\.([0-9]{1,3})\.[0-9]{1,3}\.[0-9]{1,3}$", RegexOptions.CultureInvariant)]
    private static partial Regex NumericAddress();

    /// <summary>The name of a machine: nobody outside of its network finds it.</summary>
    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9_-]*$", RegexOptions.CultureInvariant)]
    private static partial Regex BareName();

    [GeneratedRegex("^[A-Za-z]:$", RegexOptions.CultureInvariant)]
    private static partial Regex Drive();
}

/// <summary>A linked service whose connector has its drivers on a self-hosted integration runtime, on Azure's own.</summary>
internal sealed class SelfHostedOnlyRule() : Rule(new("PW4431", DiagnosticSeverity.Warning, "Connector without self-hosted integration runtime"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        if (LinkedServiceReading.Of(context) is { } service && ConnectorCatalog.Default.NeedsSelfHosted(service.Type.Text)
            && IntegrationRuntimes.KindOf(context.Factory, service.Properties.FindValue("connectVia")) is RuntimeKind.Public or RuntimeKind.Managed)
        {
            yield return Descriptor.At(
                service.Type.Span, $"The connector '{service.Type.Text}' works on a self-hosted integration runtime only. Name one by 'connectVia'.", [.. SelfHosted.Find(context, service)]);
        }
    }
}

/// <summary>A data flow that a self-hosted integration runtime is to run.</summary>
internal sealed class DataFlowRuntimeRule() : Rule(new("PW4432", DiagnosticSeverity.Error, "Data flow on a self-hosted integration runtime"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        foreach (var settings in context.Activities.Where(a => a.Is("ExecuteDataFlow") && !context.IsInactive(a.Activity.Node)).Select(a => a.TypeProperties).OfType<BoundObject>())
        {
            if (settings.Find("integrationRuntime") is { } property && IntegrationRuntimes.KindOf(context.Factory, property.Value) == RuntimeKind.SelfHosted)
            {
                yield return Descriptor.At(
                    property.Value.Span, "Data flows run on Azure's own integration runtime, not on a self-hosted one. Name another, or none.",
                    new CodeFix("Use Azure's own integration runtime", context.Edits.Remove(property)));
            }
        }
    }
}

/// <summary>A source or sink of a data flow whose linked service goes through a self-hosted integration runtime, which data flows do not use.</summary>
internal sealed class DataFlowConnectionRule() : Rule(new("PW4433", DiagnosticSeverity.Warning, "Data flow reaches through a self-hosted integration runtime"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        if (context.Kind != ResourceKind.DataFlow)
        {
            yield break;
        }

        foreach (var reference in context.References.Where(r => r.Kind is ResourceKind.Dataset or ResourceKind.LinkedService))
        {
            var dataset = reference.Kind == ResourceKind.Dataset ? ConnectionContext.Resolve(context.Factory, ResourceKind.Dataset, reference.Node) : null;
            var service = ConnectionContext.Resolve(context.Factory, ResourceKind.LinkedService, dataset?.Resource.Properties?.FindValue("linkedServiceName") ?? reference.Node);
            if (service?.Resource.Properties?.FindValue("connectVia") is { } runtime && IntegrationRuntimes.KindOf(context.Factory, runtime) == RuntimeKind.SelfHosted)
            {
                yield return Descriptor.At(
                    reference.Name.Span,
                    $"The linked service '{service.Name}' goes through a self-hosted integration runtime, which data flows cannot use. Copy the data to a store in Azure first, or reach it by a private endpoint.");
            }
        }
    }
}

/// <summary>A private endpoint in a network that no integration runtime is in: nothing goes through it.</summary>
internal sealed class UnusedPrivateEndpointRule() : Rule(new("PW4434", DiagnosticSeverity.Information, "Private endpoint that no integration runtime uses", DiagnosticTags.Unnecessary))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        if (context.Kind == ResourceKind.ManagedPrivateEndpoint && context.Properties is not null && context.Factory.Count(ResourceKind.IntegrationRuntime) > 0
            && !context.Factory.OfKind(ResourceKind.IntegrationRuntime).Any(r => r.Resource.Properties?.FindValue("managedVirtualNetwork") is BoundObject))
        {
            yield return Descriptor.At(Names.NamedThing.NameSpan(context), "No integration runtime here is in a managed virtual network, so that nothing goes through this private endpoint. Set 'managedVirtualNetwork' of one.");
        }
    }
}

/// <summary>Fixes that name a self-hosted integration runtime of the factory.</summary>
internal static class SelfHosted
{
    public static IEnumerable<CodeFix> Find(RuleContext context, LinkedServiceReading service)
    {
        var runtimes = context.Factory.OfKind(ResourceKind.IntegrationRuntime)
            .Where(r => "SelfHosted".Equals(r.Resource.Properties?.FindString("type"), StringComparison.OrdinalIgnoreCase)).Select(r => r.Name).Take(3).ToList();
        return runtimes.Select(name => new CodeFix($"Connect by '{name}'", context.Edits.SetProperty(service.Properties, "connectVia", context.Document.IsSpec
            ? new NewScalar(name)
            : new NewMapping(("referenceName", new NewScalar(name)), ("type", new NewScalar("IntegrationRuntimeReference")))))
        {
            IsPreferred = runtimes.Count == 1 ? null : false,
        });
    }
}

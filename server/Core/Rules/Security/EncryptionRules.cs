// Rules about connections that anybody in between can read or take over.
using Pipewright.Core.Binding;
using Pipewright.Core.Rules.Connections;
using Pipewright.Core.Schema;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Core.Rules.Security;

/// <summary>Whoever answers is taken for the store: its certificate or key is not looked at.</summary>
internal sealed class UncheckedServerRule() : Rule(new("PW7005", DiagnosticSeverity.Warning, "Server is not verified"))
{
    /// <summary>Settings of linked services and web activities that switch the check off, and the value that does.</summary>
    private static readonly (string Setting, string Off)[] Switches =
    [
        ("disableCertValidation", "true"), ("enableServerCertificateValidation", "false"), ("skipHostKeyValidation", "true"), ("allowSelfSignedServerCert", "true"),
        ("allowHostNameCNMismatch", "true"), ("useHostVerification", "false"), ("usePeerVerification", "false"),
    ];

    /// <summary>A server of one's own often has a certificate that nobody vouches for; those of Azure have a good one.</summary>
    private const string TrustedByUse = "trustServerCertificate";

    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        foreach (var settings in Places.Of(context))
        {
            foreach (var (name, off) in Switches)
            {
                if (settings.FindValue(name) is BoundScalar { IsImplied: false } value && value.Text.Equals(off, StringComparison.OrdinalIgnoreCase))
                {
                    yield return Report(context, value, name, off);
                }
            }
        }

        if (LinkedServiceReading.Of(context) is { } service && service.Type.Text.StartsWith("AzureSql", StringComparison.OrdinalIgnoreCase)
            && service.Settings.FindValue(TrustedByUse) is BoundScalar { IsImplied: false } trusted && trusted.Text.Equals("true", StringComparison.OrdinalIgnoreCase))
        {
            yield return Report(context, trusted, TrustedByUse, "true");
        }
    }

    private Diagnostic Report(RuleContext context, BoundScalar value, string name, string off)
    {
        var on = off == "true" ? "false" : "true";
        var isHostKey = name == "skipHostKeyValidation";
        return Descriptor.At(
            value.Span, $"'{name}: {off}' takes whoever answers for the server, and gives it what is sent. " + (isHostKey ? "Give 'hostKeyFingerprint', and let it be checked." : "Let its certificate be checked."),
            isHostKey ? [] : [new CodeFix($"Change to {on}", context.Edits.SetValue(value, value.Kind == ScalarKind.String ? new NewScalar(on) : new NewLiteral(on))) { IsPreferred = false }]);
    }
}

/// <summary>A user's name and password, or a token, that go over the network as they are.</summary>
internal sealed class UnencryptedRule() : Rule(new("PW7006", DiagnosticSeverity.Warning, "Credentials are sent without encryption"))
{
    private static readonly string[] Switches = ["enableSsl", "useEncryptedEndpoints"];

    private static readonly string[] Addresses = ["url", "baseUrl", "endpoint", "serviceUri"];

    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        foreach (var settings in Places.Of(context))
        {
            foreach (var name in Switches)
            {
                if (settings.FindValue(name) is BoundScalar { IsImplied: false } value && value.Text.Equals("false", StringComparison.OrdinalIgnoreCase))
                {
                    yield return Descriptor.At(
                        value.Span, $"Without '{name}' the password and the data can be read on their way.",
                        new CodeFix("Change to true", context.Edits.SetValue(value, value.Kind == ScalarKind.String ? new NewScalar("true") : new NewLiteral("true"))) { IsPreferred = false });
                }
            }

            foreach (var address in Addresses.Select(settings.FindValue).OfType<BoundScalar>().Where(a => IsOpen(a) && SignsIn(settings)))
            {
                yield return Descriptor.At(
                    address.Span, "What signs in goes over http as it is, and can be read on its way. Use https.",
                    new CodeFix("Change to https", context.Edits.SetText(address, "https" + address.Text["http".Length..])) { IsPreferred = false });
            }
        }
    }

    private static bool IsOpen(BoundScalar address) => address is { Kind: ScalarKind.String, IsImplied: false } && address.Text.StartsWith("http://", StringComparison.OrdinalIgnoreCase)
        && !((string[])["localhost", "127."]).Any(l => address.Text["http://".Length..].StartsWith(l, StringComparison.OrdinalIgnoreCase));

    private static bool SignsIn(BoundObject settings) => settings.FindValue("authentication") is BoundObject
        || settings.FindString("authenticationType") is { } type && !type.Equals("Anonymous", StringComparison.OrdinalIgnoreCase)
        || settings.FindValue("authHeaders") is BoundObject { Properties.IsEmpty: false }
        || (settings.FindValue("headers") as BoundObject)?.Properties.Any(h => h.Name.Equals("Authorization", StringComparison.OrdinalIgnoreCase)) == true;
}

/// <summary>A secret that an activity reads from a Key Vault, and that monitoring shows: Microsoft's documentation of secrets in pipelines asks for secure output.</summary>
internal sealed class ShownSecretRule() : Rule(new("PW7007", DiagnosticSeverity.Warning, "Secret is shown in monitoring"))
{
    private static readonly string[] Vaults = [".vault.azure.net/secrets", ".vault.azure.cn/secrets", ".vault.usgovcloudapi.net/secrets"];

    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        foreach (var activity in context.Activities.Where(a => a.Is("WebActivity") && !context.IsInactive(a.Activity.Node)))
        {
            var address = activity.TypeProperties?.FindValue("url") is { } url ? DynamicContent.FindExpression(url) ?? url as BoundScalar : null;
            if (address is not null && Vaults.Any(v => address.Text.Contains(v, StringComparison.OrdinalIgnoreCase)) && !Places.IsSecure(activity.Activity.Node, "secureOutput")
                && !"PUT".Equals(activity.TypeProperties?.FindString("method"), StringComparison.OrdinalIgnoreCase))
            {
                yield return Descriptor.At(
                    address.Span, $"The secret that '{activity.Name}' reads is shown to everybody who sees the factory's runs. Set 'secureOutput' in its policy, and 'secureInput' in those of the activities that use it.",
                    new CodeFix("Set 'secureOutput'", context.Edits.SetProperty(activity.Activity.Node, "policy.secureOutput", new NewLiteral("true"))));
            }
        }
    }
}

internal static class Places
{
    /// <summary>The settings that tell how something is reached: of a linked service, or of each activity that is on.</summary>
    public static IEnumerable<BoundObject> Of(RuleContext context) => context.Kind switch
    {
        ResourceKind.LinkedService when context.Properties?.FindValue("typeProperties") is BoundObject settings => [settings],
        ResourceKind.Pipeline => context.Activities.Where(a => !context.IsInactive(a.Activity.Node)).Select(a => a.TypeProperties).OfType<BoundObject>(),
        _ => [],
    };

    /// <summary>Whether an activity's policy hides its input or output; what is computed may.</summary>
    public static bool IsSecure(BoundObject activity, string setting) => (activity.FindValue("policy") as BoundObject)?.FindValue(setting) is { } value
        && value is not BoundScalar { Text: "false" or "False" or "" };
}

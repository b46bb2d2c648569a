// Rules about how linked services reach their store and sign in, by the table of connectors.
using System.Collections.Immutable;
using Pipewright.Core.Binding;
using Pipewright.Core.Rules.Security;
using Pipewright.Core.Schema;
using Pipewright.Core.Text;

namespace Pipewright.Core.Rules.Connections;

/// <summary>Two properties that each tell how to sign in or where the store is: which one counts is not said anywhere.</summary>
internal sealed class TwoSignInsRule() : Rule(new("PW4424", DiagnosticSeverity.Warning, "Two ways to sign in"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        if (LinkedServiceReading.Of(context) is not { } service || ConnectorCatalog.Default.FindSignIn(service.Type.Text) is not { } signIn)
        {
            yield break;
        }

        foreach (var given in new[] { signIn.OneOf, signIn.AtMostOne }.Select(n => Given(service, n)).Where(g => g.Length > 1).Take(1))
        {
            yield return Descriptor.At(
                given[1].NameSpan, $"{string.Join(" and ", given.Select(g => $"'{g.Name}'"))} are different ways to reach the store or to sign in. Keep one of them.",
                [.. given.Select(kept => new CodeFix($"Keep '{kept.Name}'", context.Edits.Remove(given.Where(g => g != kept))) { IsPreferred = false })]);
        }
    }

    /// <summary>In the order of the text.</summary>
    private static ImmutableArray<BoundProperty> Given(LinkedServiceReading service, ImmutableArray<string> names) =>
        [.. names.Where(service.Has).Select(n => service.Settings.Find(n)!).Where(p => p.Entry is not null).OrderBy(p => p.Span.Start)];
}

/// <summary>Nothing tells where the store is or how to sign in.</summary>
internal sealed class NoSignInRule() : Rule(new("PW4425", DiagnosticSeverity.Warning, "No way to sign in"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        if (LinkedServiceReading.Of(context) is { } service && ConnectorCatalog.Default.FindSignIn(service.Type.Text) is { OneOf: { IsEmpty: false } ways } && !ways.Any(service.MayHave))
        {
            yield return Descriptor.At(service.Type.Span, $"Nothing tells how to reach this {service.Type.Text}. Give one of {string.Join(", ", ways.Select(w => $"'{w}'"))}.");
        }
    }
}

/// <summary>A way to sign in without all that belongs to it: a service principal without key, a user without password.</summary>
internal sealed class IncompleteSignInRule() : Rule(new("PW4426", DiagnosticSeverity.Warning, "Incomplete way to sign in"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        if (LinkedServiceReading.Of(context) is not { } service || ConnectorCatalog.Default.FindSignIn(service.Type.Text) is not { } signIn)
        {
            yield break;
        }

        foreach (var need in signIn.Needs.Where(n => IsMeant(service, n)))
        {
            var missing = need.Needs.Where(any => !any.Any(service.MayHave)).ToList();
            if (missing.Count > 0)
            {
                var property = service.Settings.Find(need.Property)!;
                var names = string.Join(" and ", missing.Select(m => string.Join(" or ", m.Select(n => $"'{n}'"))));
                yield return Descriptor.At(
                    need.Value is null ? property.NameSpan : property.Value.Span,
                    need.Value is null ? $"'{property.Name}' needs {names} beside it." : $"With '{property.Name}' {need.Value} this needs {names}.",
                    missing is [[var only, ..]] && service.Settings.Shape?.FindProperty(only)?.Type is ScalarType { IsSecret: true } ? [.. KeyVaultFix.FindForMissing(context, service.Settings, only)] : []);
            }
        }
    }

    private static bool IsMeant(LinkedServiceReading service, SignInNeed need) =>
        service.Has(need.Property) && (need.Value is null || need.Value.Equals(service.FindText(need.Property)?.Text, StringComparison.OrdinalIgnoreCase));
}

/// <summary>A connection string that contradicts itself, or what stands beside it.</summary>
internal sealed class ConnectionStringRule() : Rule(new("PW4427", DiagnosticSeverity.Warning, "Connection string contradicts itself"))
{
    private static readonly string[] Passwords = ["password", "pwd"];

    private static readonly string[] Users = ["userid", "uid", "user", "username"];

    /// <summary>Parts of a connection string, and the properties that say the same.</summary>
    private static readonly (string[] Keys, string Property)[] Beside =
    [
        (Passwords, "password"), (Passwords, "pwd"), (["accountkey"], "accountKey"), (["sharedaccesssignature"], "sasToken"), (Passwords, "servicePrincipalId"), (Passwords, "credential"),
    ];

    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        if (LinkedServiceReading.Of(context) is not { } service || service.FindText("connectionString") is not { } text)
        {
            yield break;
        }

        var parts = ConnectionStringParts.Parse(text.Text).Where(p => p.Value.Length > 0).ToList();
        foreach (var (part, message) in FindInside(parts).Concat(FindBeside(parts, service)).DistinctBy(f => f.Part))
        {
            yield return Descriptor.At(LinkedServiceReading.SpanOf(text, part.Span), message);
        }
    }

    private static IEnumerable<(ConnectionStringPart Part, string Message)> FindInside(List<ConnectionStringPart> parts)
    {
        foreach (var again in parts.GroupBy(p => p.Key).Where(g => g.Select(p => p.Value).Distinct().Count() > 1).Select(g => g.Last()))
        {
            yield return (again, $"'{again.Name}' is given twice in this connection string, with different values. Keep one.");
        }

        if (parts.Find(p => p.Key is "integratedsecurity" or "trustedconnection" && p.Value.ToUpperInvariant() is "TRUE" or "YES" or "SSPI") is { } integrated
            && parts.Find(p => Passwords.Contains(p.Key)) is not null)
        {
            yield return (integrated, $"With '{integrated.Name}' the integration runtime's own account signs in, and the user and password beside it do nothing. Keep one of the two.");
        }

        if (parts.Exists(p => p.Key == "accountkey") && parts.Find(p => p.Key == "sharedaccesssignature") is { } signature)
        {
            yield return (signature, "A key and a signature are given both. Keep one; the signature gives away less.");
        }
    }

    private static IEnumerable<(ConnectionStringPart Part, string Message)> FindBeside(List<ConnectionStringPart> parts, LinkedServiceReading service) =>
        from beside in Beside
        where service.Has(beside.Property)
        let part = parts.Find(p => beside.Keys.Contains(p.Key))
        where part is not null && (beside.Property is not "servicePrincipalId" and not "credential" || parts.Exists(p => Users.Contains(p.Key)))
        select (part, $"'{part.Name}' in the connection string and the property '{beside.Property}' both tell how to sign in. Take it out of the connection string.");
}

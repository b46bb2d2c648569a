// Which texts hold a secret, told by their shape.
using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Pipewright.Core.Rules.Security;

internal static partial class SecretText
{
    /// <summary>Bits for a character of base 64, less what is lost in a short text: words and names are below.</summary>
    private const double HighEntropy = 3.2;

    /// <summary>The parts of connection strings that hold secrets, in lower case and without spaces.</summary>
    public static ImmutableHashSet<string> SecretKeys { get; } =
        ["accountkey", "sharedaccesskey", "sharedaccesssignature", "password", "pwd", "clientsecret", "accesstoken", "secretaccesskey", "apikey", "encryptedcredential"];

    /// <summary>In characters: the Slack token of all.</summary>
    private const int ShortestToken = 15;

    private static readonly ImmutableArray<string> Stand = ["placeholder", "changeme", "change-me", "redacted", "removed", "your", "dummy", "example", "todo", "xxxx", "secretname"];

    /// <summary>The part of a connection string or an address that is a secret: <c>AccountKey</c>, <c>Password</c>, <c>sig</c>. Null where there is none.</summary>
    /// <returns>The name of the part, and where its value is.</returns>
    public static (string Name, int Start, int Length)? FindInConnection(string text)
    {
        // Each key that is pressed has all texts of a file looked at, and most are just words.
        if (!text.Contains('=', StringComparison.Ordinal) && !text.Contains("://", StringComparison.Ordinal))
        {
            return null;
        }

        foreach (Match match in ConnectionSecret().Matches(text))
        {
            var value = match.Groups["value"];
            if (IsReal(value.Value))
            {
                return (match.Groups["name"].Value, value.Index, value.Length);
            }
        }

        return PasswordInAddress().Match(text) is { Success: true } address && IsReal(address.Groups["value"].Value)
            ? (address.Groups["user"].Value + ":…@", address.Groups["value"].Index, address.Groups["value"].Length)
            : null;
    }

    /// <summary>What a text looks like if it has the shape of a well-known kind of key; null for any other text.</summary>
    /// <returns>A noun for the kind, and where it is.</returns>
    public static (string Kind, int Start, int Length)? FindToken(string text)
    {
        foreach (var (kind, shape) in text.Length < ShortestToken ? [] : Shapes)
        {
            if (shape.Match(text) is { Success: true } match && IsReal(match.Value))
            {
                return (kind, match.Index, match.Length);
            }
        }

        return null;
    }

    /// <summary>Whether a name says that its value is secret itself, and not where a secret is.</summary>
    public static bool SaysSecret(string name) => SecretName().IsMatch(name) && !AboutSecret().IsMatch(name);

    /// <summary>Whether a text could be a secret: not empty, masked, computed or a placeholder for what a deployment fills in.</summary>
    public static bool IsReal(string text) => text.Trim() is { Length: > 0 } value
        && !value.StartsWith('@') && !value.Contains("@{", StringComparison.Ordinal)
        && value.AsSpan().IndexOfAnyExcept(value[0], value.FirstOrDefault(c => c != value[0])) >= 0
        && !Placeholder().IsMatch(value)
        && !Stand.Any(s => value.Contains(s, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether a text is as mixed as keys are, which words and names are not.</summary>
    public static bool IsMixed(string text) => text.Length >= 8 && !text.Contains(' ', StringComparison.Ordinal) && !text.Contains("://", StringComparison.Ordinal)
        && text.Any(char.IsAsciiDigit) && text.Any(char.IsAsciiLetter) && Entropy(text) >= Math.Min(HighEntropy, Math.Log2(text.Length) - 0.4);

    /// <summary>Shannon's, in bits a character.</summary>
    private static double Entropy(string text) => text.GroupBy(c => c).Sum(g =>
    {
        var share = (double)g.Count() / text.Length;
        return -share * Math.Log2(share);
    });

    private static ImmutableArray<(string Kind, Regex Shape)> Shapes { get; } =
    [
        ("a Databricks access token", DatabricksToken()),
        ("a bearer token", JsonWebToken()),
        ("a client secret of Entra ID", ClientSecret()),
        ("a storage account key", StorageKey()),
        ("an AWS access key", AwsKey()),
        ("a GitHub token", GitHubToken()),
        ("a Slack token", SlackToken()),
        ("a private key", PrivateKey()),
        ("a key of an Azure service", AzureServiceKey()),
        ("an access token of Azure DevOps", AzureDevOpsToken()),
        ("a Google API key", GoogleKey()),
        ("a SendGrid key", SendGridKey()),
        ("a Stripe key", StripeKey()),
        ("the address of a Slack or Teams channel, which is its key", ChannelAddress()),
    ];

    [GeneratedRegex("""(?:^|[;?&\s"'])(?<name>AccountKey|SharedAccessKey|SharedAccessSignature|Password|Pwd|ClientSecret|AccessToken|sig|code|api[_-]?key|subscription-key)\s*=\s*N?["']?(?<value>[^;&"'\s]+)""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ConnectionSecret();

    [GeneratedRegex(@"\bdapi[0-9a-f]{32}(-\d+)?\b", RegexOptions.CultureInvariant)]
    private static partial Regex DatabricksToken();

    [GeneratedRegex(@"\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}", RegexOptions.CultureInvariant)]
    private static partial Regex JsonWebToken();

    [GeneratedRegex(@"(?<![A-Za-z0-9_~.-])[A-Za-z0-9_~.-]{3}[78]Q~[A-Za-z0-9_~.-]{31,34}(?![A-Za-z0-9_~.-])", RegexOptions.CultureInvariant)]
    private static partial Regex ClientSecret();

    [GeneratedRegex(@"(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{86}==", RegexOptions.CultureInvariant)]
    private static partial Regex StorageKey();

    [GeneratedRegex(@"\b(AKIA|ASIA)[0-9A-Z]{16}\b", RegexOptions.CultureInvariant)]
    private static partial Regex AwsKey();

    [GeneratedRegex(@"\b(gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{22,})", RegexOptions.CultureInvariant)]
    private static partial Regex GitHubToken();

    [GeneratedRegex(@"\bxox[baprs]-[A-Za-z0-9-]{10,}", RegexOptions.CultureInvariant)]
    private static partial Regex SlackToken();

    [GeneratedRegex("-----BEGIN [A-Z ]*PRIVATE KEY-----", RegexOptions.CultureInvariant)]
    private static partial Regex PrivateKey();

    /// <summary>Keys of Functions, Search, Cosmos DB, Event Hubs and the cache carry a mark, so that they can be found.</summary>
    [GeneratedRegex("(?<![A-Za-z0-9_/+-])([A-Za-z0-9_-]{44}AzFu[A-Za-z0-9_-]{5}[AQgw]==|[A-Za-z0-9]{42}AzSe[A-D][A-Za-z0-9]{5}|[A-Za-z0-9+/]{76}ACDb[A-Za-z0-9+/]{6}==|[A-Za-z0-9+/]{33}\\+AEh[A-Za-z0-9+/]{6}=|[A-Za-z0-9]{33}AzCa[A-P][A-Za-z0-9]{5}=)", RegexOptions.CultureInvariant)]
    private static partial Regex AzureServiceKey();

    [GeneratedRegex("(?<![A-Za-z0-9])[A-Za-z0-9]{76}AZDO[A-Za-z0-9]{4}(?![A-Za-z0-9])", RegexOptions.CultureInvariant)]
    private static partial Regex AzureDevOpsToken();

    [GeneratedRegex("(?<![A-Za-z0-9_-])AIza[A-Za-z0-9_-]{35}(?![A-Za-z0-9_-])", RegexOptions.CultureInvariant)]
    private static partial Regex GoogleKey();

    [GeneratedRegex(@"(?<![A-Za-z0-9_-])SG\.[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}", RegexOptions.CultureInvariant)]
    private static partial Regex SendGridKey();

    [GeneratedRegex("(?<![A-Za-z0-9_])[sr]k_live_[A-Za-z0-9]{20,}", RegexOptions.CultureInvariant)]
    private static partial Regex StripeKey();

    [GeneratedRegex(@"https://(hooks\.slack\.com/services/T[A-Z0-9]+/B[A-Z0-9]+/[A-Za-z0-9]+|[a-z0-9.-]*\.webhook\.office\.com/webhookb2/[^\s""']+)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ChannelAddress();

    [GeneratedRegex(@"\b[a-z][a-z0-9+.-]*://(?<user>[^\s/:@""']+):(?<value>[^\s/:@""']+)@[a-z0-9]", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex PasswordInAddress();

    [GeneratedRegex("password|passwd|pwd|secret|token|api[-_ ]?key|access[-_ ]?key|account[-_ ]?key|sas[-_ ]?(uri|url|key)|subscription[-_ ]?key|functions?[-_ ]?key|^authorization$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SecretName();

    /// <summary>Names of what leads to a secret, and of settings about tokens.</summary>
    [GeneratedRegex("name|vault|path|scope|version|type|length|expir|endpoint|(?<!sas[-_ ]?)ur[il]|(?<!ac)count|limit|(?<![a-z])id$|(?<=[a-z])I[dD]$|column|field|table|file|page|continuation|next", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex AboutSecret();

    /// <summary>What a deployment fills in, and what the service shows in place of a secret.</summary>
    [GeneratedRegex(@"^(<.*>|\{.*\}|#\{.*\}#?|\$\(.*\)|\$\{.*\}|%.*%|__.*__|\[.*\]|\**|\.+)$|\*{3,}|#\{.*\}#|\$\(.*\)|\{\{.*\}\}", RegexOptions.CultureInvariant)]
    private static partial Regex Placeholder();
}

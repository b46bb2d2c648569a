using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Pipewright.Core.Binding;
using Pipewright.Core.Schema;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Core.Rules.Security;

/// <summary>Puts a reference to a Key Vault's secret in place of a secret.</summary>
internal static partial class KeyVaultFix
{
    private const string VaultType = "AzureKeyVault";

    private const string NewVault = "KeyVault";

    /// <summary>One fix for each Key Vault of the factory, three at most; one that also begins a linked service to a vault where there is none.</summary>
    public static IEnumerable<CodeFix> Find(RuleContext context, BoundNode secret) =>
        Find(context, (secret.Parent as BoundProperty)?.Name ?? "secret", value => context.Edits.SetValue(secret, value));

    /// <summary>The same for a secret that is not given yet.</summary>
    public static IEnumerable<CodeFix> FindForMissing(RuleContext context, BoundObject owner, string property) =>
        Find(context, property, value => context.Edits.SetProperty(owner, property, value));

    private static IEnumerable<CodeFix> Find(RuleContext context, string property, Func<NewNode, ImmutableArray<TextChange>> write)
    {
        var vaults = context.Factory.OfKind(ResourceKind.LinkedService)
            .Where(s => VaultType.Equals(s.Resource.Properties?.FindString("type"), StringComparison.OrdinalIgnoreCase) && s.Name != context.Resource.Name)
            .Select(s => s.Name).Take(3).ToList();
        foreach (var vault in vaults)
        {
            yield return new CodeFix($"Read it from the Key Vault '{vault}'", new FixEdit(write(Secret(context, property, vault)))) { IsPreferred = false };
        }

        if (vaults.Count == 0 && !context.Factory.Has(ResourceKind.LinkedService, NewVault))
        {
            yield return new CodeFix("Read it from a Key Vault, and begin its linked service", new FixEdit(write(Secret(context, property, NewVault)), CreateVault(context))) { IsPreferred = false };
        }
    }

    private static NewMapping Secret(RuleContext context, string property, string vault) => new(
        ("type", new NewScalar("AzureKeyVaultSecret")),
        ("store", context.Document.IsSpec ? new NewScalar(vault) : new NewMapping(("referenceName", new NewScalar(vault)), ("type", new NewScalar("LinkedServiceReference")))),
        ("secretName", new NewScalar(SecretName(context, property))));

    private static FileCreation CreateVault(RuleContext context)
    {
        var folder = context.Document.Path[..(context.Document.Path.LastIndexOf('/') + 1)];
        (string, NewNode) type = ("type", new NewScalar(VaultType));
        (string, NewNode) url = ("baseUrl", new NewScalar("https://my-vault.vault.azure.net"));
        NewNode content = context.Document.IsSpec
            ? new NewMapping(type, url)
            : new NewMapping(("name", new NewScalar(NewVault)), ("properties", new NewMapping(type, ("typeProperties", new NewMapping(url)))));
        return new FileCreation(
            folder + NewVault + (context.Document.IsSpec ? ".linkedService.yaml" : ".json"),
            new StructureEdits(context.Document.Text, context.Document.Syntax.Language).WriteDocument(content));
    }

    /// <summary>Letters, digits and dashes, 127 at most, as Key Vault has them.</summary>
    private static string SecretName(RuleContext context, string property)
    {
        var name = NotInName().Replace($"{context.Resource.Name}-{property}", "-").Trim('-').ToLowerInvariant();
        return name.Length > 127 ? name[..127] : name;
    }

    [GeneratedRegex("[^A-Za-z0-9]+", RegexOptions.CultureInvariant)]
    private static partial Regex NotInName();
}

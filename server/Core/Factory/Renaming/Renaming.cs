// Gives something another name, wherever it is named: in all files, in expressions, and in the names of files.
using System.Collections.Immutable;
using Pipewright.Core.Schema;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Core.Factory;

public static class Renaming
{
    /// <summary>Every factory has this integration runtime; Studio writes no file for it.</summary>
    private const string DefaultIntegrationRuntime = "AutoResolveIntegrationRuntime";

    /// <summary>Whether something can be renamed at all: only what a file of the factory declares.</summary>
    /// <returns>A sentence that says why not; null where it can.</returns>
    public static string? FindObstacle(FactorySnapshot factory, Symbol symbol) =>
        SymbolUses.Find(factory, symbol).Any(u => u.IsDeclaration) ? null
        : symbol is { Kind: SymbolKind.Resource, OwnerKind: ResourceKind.IntegrationRuntime } && IsSame(symbol.Name, DefaultIntegrationRuntime)
            ? $"'{DefaultIntegrationRuntime}' is the service's own, and keeps its name."
            : $"No file here declares '{symbol.Name}'.";

    /// <summary>Whether something can get a name.</summary>
    /// <returns>A sentence that says why not; null where it can.</returns>
    public static string? FindObstacle(FactorySnapshot factory, Symbol symbol, string newName) => FindObstacle(factory, symbol)
        ?? NewNames.FindMistake(factory, symbol, newName)
        ?? (FindBlocked(factory, [.. FindRenames(factory, symbol, newName)]) is { } blocked ? $"There is a file '{blocked.NewPath}' already." : null);

    /// <summary>
    /// Renames a symbol. The name is not checked: see <see cref="FindObstacle(FactorySnapshot, Symbol, string)"/>.
    /// </summary>
    /// <returns>Edits by path, then the files that get another name; none where nothing names the symbol, or it has the name.</returns>
    public static ImmutableArray<FileChange> Rename(FactorySnapshot factory, Symbol symbol, string newName) =>
        [.. FindEdits(factory, symbol, newName, isFileKept: false), .. FindRenames(factory, symbol, newName)];

    /// <summary>The same for who cannot rename files: a resource whose name is only its file's gets one that is written.</summary>
    public static ImmutableArray<FileChange> RenameInTexts(FactorySnapshot factory, Symbol symbol, string newName) =>
        [.. FindEdits(factory, symbol, newName, isFileKept: true)];

    /// <summary>The edits that belong to a new name of a resource's file, to be made before the file gets it.</summary>
    public static ImmutableArray<FileChange> RenameButFile(FactorySnapshot factory, Symbol symbol, string newName) =>
        [.. FindEdits(factory, symbol, newName, isFileKept: false)];

    /// <summary>The resource that a file's new name renames; null where it renames none.</summary>
    public static Symbol? FindSymbol(ResourceDocument document, FileClassification renamed) =>
        document.Resources is [var resource] && resource.Kind == renamed.Kind && document.Classification.Form == renamed.Form
        && IsSame(resource.Name, document.Classification.Name) && resource.Name != renamed.Name
            ? Symbol.OfResource(resource.Kind, resource.Name)
            : null;

    /// <summary>A fix of one document that renames a symbol everywhere, worked out when it is asked for.</summary>
    public static CodeFix MakeFix(string title, FactorySnapshot factory, ResourceDocument document, Symbol symbol, string newName) => CodeFix.Deferred(title, () =>
    {
        var changes = Rename(factory, symbol, newName);
        return new FixEdit(
            changes.OfType<FileEdit>().FirstOrDefault(e => e.Path == document.Path)?.Changes ?? [],
            [.. changes.Where(c => !(c is FileEdit && c.Path == document.Path))]);
    });

    private static IEnumerable<FileEdit> FindEdits(FactorySnapshot factory, Symbol symbol, string newName, bool isFileKept) =>
        from file in SymbolUses.Find(factory, symbol).GroupBy(u => u.Path)
        let document = factory.FindDocument(file.Key)
        let written = file.Select(u => u.Written).OfType<WrittenName>().GroupBy(s => s.Scalar).SelectMany(s => Write(document, s.Key, s, newName))
        let declared = isFileKept || document.Resources.Length > 1 ? file.Where(u => u.Written is null).SelectMany(u => WriteName(document, u, newName)) : []
        let changes = written.Concat(declared).ToImmutableArray()
        where !changes.IsEmpty
        select new FileEdit(file.Key, changes);

    private static ImmutableArray<TextChange> Write(ResourceDocument document, ScalarSyntax scalar, IEnumerable<WrittenName> spellings, string newName)
    {
        var changes = spellings.Select(s => s.Write(newName)).DistinctBy(c => c.Span).Where(c => scalar.Value.Substring(c.Span.Start, c.Span.Length) != c.NewText).ToImmutableArray();
        return changes.IsEmpty ? [] : ScalarEdits.Replace(document.Text, scalar, changes);
    }

    private static ImmutableArray<TextChange> WriteName(ResourceDocument document, SymbolUse declaration, string newName) =>
        document.Resources.FirstOrDefault(r => r.Kind == declaration.Symbol.OwnerKind && IsSame(r.Name, declaration.Symbol.Name))?.Root is { Syntax: MappingSyntax mapping }
            && new StructureEdits(document.Text, document.Syntax.Language).AddEntry(mapping, "name", new NewScalar(newName), mapping.Entries.FirstOrDefault()) is { } change
            ? [change]
            : [];

    /// <summary>The files that get another name with a resource: those named after it, and of a managed virtual network those in its folder.</summary>
    private static IEnumerable<FileRename> FindRenames(FactorySnapshot factory, Symbol symbol, string newName)
    {
        if (symbol.Kind != SymbolKind.Resource)
        {
            yield break;
        }

        foreach (var document in factory.Find(symbol.OwnerKind, symbol.Name).Select(s => s.Document).Where(d => IsNamedAfter(d, symbol) && d.Classification.Name != newName))
        {
            var stem = document.Path[..^(FileNameOf(document.Path).Length - document.Classification.Name.Length)];
            var folder = stem[..^document.Classification.Name.Length];
            yield return new FileRename(document.Path, folder + newName + document.Path[stem.Length..]);
            foreach (var inner in symbol.OwnerKind == ResourceKind.ManagedVirtualNetwork ? InFolder(factory, stem + "/") : [])
            {
                yield return new FileRename(inner, folder + newName + inner[stem.Length..]);
            }
        }
    }

    private static bool IsNamedAfter(ResourceDocument document, Symbol symbol) => document.Resources.Length == 1 && IsSame(document.Classification.Name, symbol.Name)
        && FileNameOf(document.Path).StartsWith(symbol.Name, StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<string> InFolder(FactorySnapshot factory, string folder) =>
        factory.Documents.Keys.Where(p => p.StartsWith(folder, StringComparison.OrdinalIgnoreCase)).Order(StringComparer.Ordinal);

    /// <summary>A file that cannot have its new name: another has it, or is to have it too.</summary>
    private static FileRename? FindBlocked(FactorySnapshot factory, List<FileRename> renames) => renames.Find(r =>
        (!IsSame(r.Path, r.NewPath) && factory.Documents.ContainsKey(r.NewPath)) || renames.Exists(o => o != r && IsSame(o.NewPath, r.NewPath)));

    private static string FileNameOf(string path) => path[(path.LastIndexOf('/') + 1)..];

    private static bool IsSame(string one, string other) => one.Equals(other, StringComparison.OrdinalIgnoreCase);
}

// Renaming as the editor asks for it: at a cursor, or because a file gets another name.
using System.Collections.Immutable;
using Pipewright.Core.Factory;
using Pipewright.Core.Text;

namespace Pipewright.Core.Features;

/// <summary>What a cursor is on that has a name.</summary>
/// <param name="Span">The name in the text, without quotes.</param>
/// <param name="Name">The name itself, which an expression may write with doubled quotes.</param>
/// <param name="Obstacle">A sentence that says why it keeps its name; null where it can be renamed.</param>
public sealed record RenameTarget(TextSpan Span, string Name, string? Obstacle);

/// <summary>What renaming changes.</summary>
/// <param name="Obstacle">A sentence that says why nothing is changed; null where something is.</param>
public sealed record RenameResult(ImmutableArray<FileChange> Changes, string? Obstacle)
{
    /// <summary>The files that should get another name and cannot, because of the client.</summary>
    public ImmutableArray<FileRename> LeftOut { get; init; } = [];
}

internal static class Rename
{
    public static RenameTarget? FindTarget(FactorySnapshot factory, ResourceDocument document, int offset) =>
        SymbolUses.FindAt(factory, document, offset) is { } use ? new RenameTarget(use.Span, use.Symbol.Name, Renaming.FindObstacle(factory, use.Symbol)) : null;

    public static RenameResult? Make(FactorySnapshot factory, ResourceDocument document, int offset, string newName, bool canRenameFiles)
    {
        if (SymbolUses.FindAt(factory, document, offset) is not { Symbol: var symbol })
        {
            return null;
        }

        if (Renaming.FindObstacle(factory, symbol, newName) is { } obstacle)
        {
            return new RenameResult([], obstacle);
        }

        var changes = Renaming.Rename(factory, symbol, newName);
        var files = changes.OfType<FileRename>().ToImmutableArray();
        return canRenameFiles || files.IsEmpty
            ? new RenameResult(changes, null)
            : new RenameResult(Renaming.RenameInTexts(factory, symbol, newName), null) { LeftOut = files };
    }

    public static RenameResult? MakeWithFile(FactorySnapshot factory, ResourceDocument document, FileClassification renamed) =>
        Renaming.FindSymbol(document, renamed) is not { } symbol ? null
        : NewNames.FindMistake(factory, symbol, renamed.Name) is { } mistake ? new RenameResult([], mistake)
        : new RenameResult(Renaming.RenameButFile(factory, symbol, renamed.Name), null);
}

using Pipewright.Core.Factory;
using Pipewright.Core.Text;

namespace Pipewright.LanguageServer.Workspaces;

/// <summary>Reads a resource file's text, as a whole or, where there is a version before it, what has changed.</summary>
internal delegate ResourceDocument ReadResource(string path, SourceText text, FileClassification classification, ResourceDocument? before);

/// <summary>Reads resource files. Where Pipewright has a mistake that makes it fail, one file is unread and everything else goes on.</summary>
/// <param name="report">Takes a line for each failure. No part of the file is in it.</param>
/// <param name="read">What may fail.</param>
internal sealed class ResourceReader(Action<string> report, ReadResource read)
{
    public ResourceReader(Action<string> report)
        : this(report, ReadAndBind)
    {
    }

    /// <summary>The document of a text, which it has in any case.</summary>
    /// <param name="before">An earlier version, of which most can be taken over; null for none.</param>
    public ResourceDocument Read(string path, SourceText text, FileClassification classification, ResourceDocument? before = null) =>
        (before is null or { Syntax.IsUnread: true } ? null : Try(path, text, classification, before)) ?? Try(path, text, classification, null) ?? ResourceDocument.CreateUnread(path, text, classification);

    /// <summary>What kind of failure it is, and where: messages of exceptions may hold what they failed on.</summary>
    public static string Describe(Exception failure) =>
        $"{failure.GetType().Name} {failure.StackTrace?.Split('\n', 2)[0].Trim()}".TrimEnd();

    private ResourceDocument? Try(string path, SourceText text, FileClassification classification, ResourceDocument? before)
    {
        try
        {
            return read(path, text, classification, before);
        }
        catch (Exception e) when (e is not (OperationCanceledException or OutOfMemoryException))
        {
            report($"{path} {(before is null ? "is not read, by a mistake of Pipewright. Please report this" : "has to be read from its beginning")}: {Describe(e)}");
            return null;
        }
    }

    /// <summary>Parses and binds, so that the factory that takes the document in only has to note what it finds. Of what was edited, as little as can be: somebody waits.</summary>
    private static ResourceDocument ReadAndBind(string path, SourceText text, FileClassification classification, ResourceDocument? before)
    {
        var document = before?.WithText(text) ?? ResourceDocument.Create(path, text, classification);
        _ = before is null ? document.References.Length : document.Resources.Length;
        return document;
    }
}

namespace Pipewright.LanguageServer.Protocol;

/// <param name="TextDocument">A resource, which counts with all that it needs; any file of a factory where that counts whole.</param>
/// <param name="Form">arm or bicep.</param>
/// <param name="Target">The target whose overrides are applied; null for the files as they are.</param>
public sealed record ExportParams(TextDocumentIdentifier TextDocument, string Form, string? Target = null, bool WholeFactory = false);

/// <param name="Losses">What could not be kept, or what Azure would refuse.</param>
/// <param name="Notes">What there is to know when the templates are deployed.</param>
public sealed record ExportResult(IReadOnlyList<ExportedFile> Files, IReadOnlyList<string> Losses, IReadOnlyList<string> Notes);

/// <param name="Path">Within the folder that the client writes to, with <c>/</c> between its parts.</param>
public sealed record ExportedFile(string Path, string Text);

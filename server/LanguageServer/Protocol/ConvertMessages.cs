namespace Pipewright.LanguageServer.Protocol;

/// <param name="Uri">A file of a factory, or a folder with such files.</param>
/// <param name="To"><c>spec</c> or <c>git</c>; null for the form that fewer of the files have.</param>
/// <param name="Out">The folder to write to; null for the factory's own.</param>
public sealed record ConvertParams(string Uri, string? To = null, string? Out = null);

/// <param name="To"><c>spec</c> or <c>git</c>.</param>
/// <param name="Already">How many files have that form already, and are left alone.</param>
/// <param name="Losses">What can't be kept, a sentence each.</param>
public sealed record ConvertResult(string To, IReadOnlyList<ConvertedResource> Files, int Already, IReadOnlyList<string> Losses);

/// <param name="Source">The file that it is made of.</param>
/// <param name="Uri">The file to write.</param>
/// <param name="Path">The same for people: relative to the folder that is written to, with <c>/</c>.</param>
/// <param name="State"><c>new</c>, <c>same</c> where the file is there with this very text, or <c>differs</c> where writing would overwrite another.</param>
/// <param name="Losses">Those that are about this file.</param>
public sealed record ConvertedResource(string Source, string Uri, string Path, string State, string Text, IReadOnlyList<string> Losses);

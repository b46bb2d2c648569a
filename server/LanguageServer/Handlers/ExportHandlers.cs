using Pipewright.LanguageServer.Deploying;
using Pipewright.LanguageServer.Protocol;

namespace Pipewright.LanguageServer.Handlers;

/// <summary>Templates of a factory: the client writes them.</summary>
internal static class ExportHandlers
{
    public static void Register(ServerSession session) => session.Register("pipewright/export", (parameters, cancellation) => DeploymentHandlers.RefuseAs(async () =>
    {
        var asked = ProtocolJson.Read(parameters, ProtocolJson.Default.ExportParams);
        if (asked.Form is not (TemplateJob.Arm or TemplateJob.Bicep))
        {
            throw new DeploymentRefusedException($"'{asked.Form}' is no form of templates: it is '{TemplateJob.Arm}' or '{TemplateJob.Bicep}'.");
        }

        await session.Reading.Completed.WaitAsync(cancellation);
        var snapshot = session.Workspace.Current;
        var found = snapshot.FindDocument(asked.TextDocument.Uri);
        if ((found?.Root ?? (asked.WholeFactory ? snapshot.FindRoot(asked.TextDocument.Uri) : null)) is not { } root)
        {
            throw new DeploymentRefusedException("This is no resource of a factory, so there is nothing to export.");
        }

        var factory = snapshot.FactoryOf(root);
        var documents = asked.WholeFactory ? [.. factory.Documents.Values.Where(d => !d.IsForeign)] : new[] { found!.Document };
        var files = await Task.Run(() => new TemplateJob(root, factory).Make(documents, asked.Form, asked.Target), cancellation);
        return ProtocolJson.Write(
            new ExportResult([.. files.Files.Select(f => new ExportedFile(f.Path, f.Text))], files.Losses, files.Notes), ProtocolJson.Default.ExportResult);
    }));
}

using Pipewright.Core.Factory;
using Pipewright.Core.Features;
using Pipewright.LanguageServer.Protocol;
using Pipewright.LanguageServer.Workspaces;

namespace Pipewright.LanguageServer;

/// <summary>Lets the client ask again for what it shows of its documents, when that may be another because of something elsewhere.</summary>
internal sealed class ViewRefresh(ServerSession session)
{
    private readonly Lock _lock = new();

    /// <summary>Those that are open, by key, as they were when others were last shown by them.</summary>
    private readonly Dictionary<string, ResourceDocument> _shown = [];

    /// <summary>Something has changed on disk, or a setting.</summary>
    public void Refresh()
    {
        var workspace = session.Client?.Workspace;
        Ask(workspace?.InlayHint, "workspace/inlayHint/refresh");
        Ask(workspace?.CodeLens, "workspace/codeLens/refresh");
        Ask(workspace?.SemanticTokens, "workspace/semanticTokens/refresh");
    }

    public void Opened(string uri)
    {
        lock (_lock)
        {
            if (session.Workspace.Current.FindOpen(uri) is { Document: { } document })
            {
                _shown[DocumentUri.ToKey(uri)] = document;
            }
        }
    }

    /// <summary>A document may have been edited. Others are shown as before, unless what they see of it is different.</summary>
    public void RefreshAfter(OpenDocument open)
    {
        lock (_lock)
        {
            if (open.Document is not { } document || !_shown.TryGetValue(DocumentUri.ToKey(open.Uri), out var before) || before == document)
            {
                return;
            }

            _shown[DocumentUri.ToKey(open.Uri)] = document;
            if (LanguageFeatures.DescribeOutside(before) == LanguageFeatures.DescribeOutside(document))
            {
                return;
            }
        }

        Refresh();
    }

    public void Closed(string uri)
    {
        lock (_lock)
        {
            _shown.Remove(DocumentUri.ToKey(uri));
        }
    }

    private void Ask(RefreshSupport? support, string method)
    {
        if (support?.IsSupported == true)
        {
            _ = session.Host.TryRequestAsync(method, default, CancellationToken.None);
        }
    }
}

namespace EsockdNetty;

/// <summary>What the user gave to serve a connection: a session loop or handlers, one of the two.</summary>
internal sealed class ConnectionHandlers
{
    public ConnectionHandlers(SessionHandler session) => Session = session;

    public ConnectionHandlers(PipelineInitializer pipeline) => Pipeline = pipeline;

    public SessionHandler? Session { get; }

    public PipelineInitializer? Pipeline { get; }
}

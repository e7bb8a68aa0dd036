namespace EsockdNetty.HostileHost;

/// <summary>What the server does with what it receives.</summary>
internal enum ServerKind
{
    /// <summary>A session loop sends each packet back.</summary>
    Session,

    /// <summary>A handler writes each message back.</summary>
    Pipeline,

    /// <summary>Each message goes to every member, its sender too.</summary>
    Chat,

    /// <summary>An empty packet is answered with 64 KiB, any other with itself.</summary>
    Replier,

    /// <summary>The first message is answered with an error, and the connection is closed.</summary>
    Error,

    /// <summary>A session that receives one packet, sends an error and returns.</summary>
    ErrorSession,
}

using System.Buffers.Binary;
using System.Security.Authentication;
using DotNetty.Handlers.Tls;

namespace DotNetty.Handlers.Tests.Tls;

/// <summary>First flights of clients: of real ones, and such as no library would send.</summary>
internal static class ClientHellos
{
    private const int RecordHeader = 5;
    private const int MessageHeader = 4;

    /// <summary>What a client of ours sends first: one record with one ClientHello.</summary>
    public static byte[] Recorded(string host = "localhost", SslProtocols versions = SslProtocols.Tls12 | SslProtocols.Tls13)
    {
        var client = new EngineSide(new ClientTlsSettings(versions, false, [], host));
        client.Engine.Start();
        byte[] flight = client.Ciphertext.Take();
        client.Engine.Dispose();
        return flight;
    }

    /// <summary>The message's body without record and message header.</summary>
    public static byte[] Body(byte[] flight) => flight[(RecordHeader + MessageHeader)..];

    /// <summary>The same bytes in records of <paramref name="size"/> at most.</summary>
    public static byte[] InRecordsOf(int size, byte[] flight)
    {
        var cut = new MemoryStream();
        foreach (byte[] part in flight[RecordHeader..].Chunk(size))
        {
            cut.Write([RecordWalker.Handshake, 3, 1, (byte)(part.Length >> 8), (byte)part.Length, .. part]);
        }

        return cut.ToArray();
    }

    /// <summary>A body with one extension list, given raw.</summary>
    public static byte[] BodyWith(byte[] extensions)
    {
        byte[] length = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)extensions.Length);
        return [3, 3, .. new byte[32], 0, 0, 2, 0x13, 1, 1, 0, .. length, .. extensions];
    }

    /// <summary>A server_name extension with one host name, given raw.</summary>
    public static byte[] NameExtension(byte[] name, byte type = 0)
    {
        byte[] entry = [type, .. Short(name.Length), .. name];
        byte[] list = [.. Short(entry.Length), .. entry];
        return [0, 0, .. Short(list.Length), .. list];
    }

    public static byte[] Short(int value) => [(byte)(value >> 8), (byte)value];
}

using System.Net.Sockets;
using System.Text;

namespace DotNetty.Transport.TestSupport;

/// <summary>What a plain client does and sees.</summary>
public static class SocketExtensions
{
    public static async Task SendTextAsync(this Socket client, string text) => await Within.Reached(client.SendAsync(Encoding.ASCII.GetBytes(text)));

    public static async Task SendBytesAsync(this Socket client, byte[] bytes)
    {
        for (int sent = 0; sent < bytes.Length;)
        {
            sent += await Within.Reached(client.SendAsync(bytes.AsMemory(sent)).AsTask());
        }
    }

    /// <summary>All bytes up to the peer's FIN.</summary>
    /// <exception cref="SocketException">The peer reset the connection.</exception>
    public static async Task<byte[]> ReceiveToEndAsync(this Socket client)
    {
        using var all = new MemoryStream();
        byte[] buffer = new byte[64 * 1024];
        while (await client.ReceiveAsync(buffer).WaitAsync(Within.Guard) is int count and > 0)
        {
            all.Write(buffer, 0, count);
        }

        return all.ToArray();
    }

    public static async Task<string> ReceiveTextAsync(this Socket client, int length) => Encoding.ASCII.GetString(await client.ReceiveBytesAsync(length));

    public static async Task<byte[]> ReceiveBytesAsync(this Socket client, int length)
    {
        byte[] buffer = new byte[length];
        int received = 0;
        while (received < length)
        {
            int count = await client.ReceiveAsync(buffer.AsMemory(received)).AsTask().WaitAsync(Within.Guard);
            Assert.True(count > 0, "The peer ended early.");
            received += count;
        }

        return buffer;
    }

    /// <summary>Closes by reset.</summary>
    public static void Reset(this Socket client)
    {
        client.LingerState = new LingerOption(true, 0);
        client.Dispose();
    }
}

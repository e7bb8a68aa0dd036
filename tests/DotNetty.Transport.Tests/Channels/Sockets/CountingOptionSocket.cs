using System.Net.Sockets;
using DotNetty.Transport.Channels.Sockets;

namespace DotNetty.Transport.Tests.Channels.Sockets;

/// <summary>A socket that writes down which options it was asked for, and answers what a test says.</summary>
internal sealed class CountingOptionSocket(AddressFamily family) : IOptionSocket
{
    public AddressFamily Family => family;

    public List<(int Level, int Name, int Value)> Sets { get; } = [];

    public SocketError? Answer { get; set; }

    public int GetOption(SocketOptionCode code, Span<byte> value)
    {
        ThrowAnswer();
        BitConverter.TryWriteBytes(value, Sets.Single(set => set.Level == code.Level && set.Name == code.Name).Value);
        return sizeof(int);
    }

    public void SetOption(SocketOptionCode code, ReadOnlySpan<byte> value)
    {
        ThrowAnswer();
        Sets.Add((code.Level, code.Name, BitConverter.ToInt32(value)));
    }

    private void ThrowAnswer()
    {
        if (Answer is { } error)
        {
            throw new SocketException((int)error);
        }
    }
}

using System.Buffers.Binary;
using System.Net;

namespace EsockdNetty.EndToEndTests.Hostile;

/// <summary>
/// Members of a chat who read all they are sent and check every byte. They talk in turns: the next message is sent when all have got the one
/// before, so that whatever piles up in the server is no reader's.
/// </summary>
internal sealed class ChatRoom : IDisposable
{
    private const int Listeners = 4;

    private readonly RawPeer[] _members;
    private readonly byte[] _frames;
    private uint _number;

    /// <param name="server">Where they meet.</param>
    /// <param name="members">How many.</param>
    /// <param name="size">Bytes of a message.</param>
    /// <param name="atOnce">How many messages one says before the next has his turn.</param>
    public ChatRoom(IPEndPoint server, int members, int size, int atOnce)
    {
        _members = [.. Enumerable.Range(0, members).Select(_ => new RawPeer(server))];
        byte[] text = new byte[size];
        new Random(1).NextBytes(text);
        _frames = Frame.Repeated(Frame.Two(text), atOnce);
    }

    /// <summary>So many turns, each the next member's.</summary>
    public Task TalkAsync(int turns) => Task.Run(() =>
    {
        byte[][] heard = [.. Enumerable.Range(0, Listeners).Select(_ => new byte[_frames.Length])];
        for (int i = 0; i < turns; i++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(_frames.AsSpan(2), ++_number);
            _members[i % _members.Length].Send(_frames);
            Parallel.For(0, Listeners, listener => Listen(listener, heard[listener]));
        }
    }).WaitAsync(Guard.Program);

    public void Dispose()
    {
        foreach (RawPeer member in _members)
            member.Dispose();
    }

    private void Listen(int listener, byte[] heard)
    {
        for (int member = listener; member < _members.Length; member += Listeners)
        {
            _members[member].ReceiveExactly(heard);
            Assert.True(heard.AsSpan().SequenceEqual(_frames), $"member {member} was told something else than message {_number}");
        }
    }
}

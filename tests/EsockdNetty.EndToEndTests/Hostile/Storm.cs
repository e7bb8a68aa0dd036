using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;

namespace EsockdNetty.EndToEndTests.Hostile;

/// <summary>All kinds of bad peers at the same time, each kind on a thread of its own, again and again until the storm is over.</summary>
internal sealed class Storm(IPEndPoint plain, IPEndPoint secure, int maxConnections)
{
    private const int SomePeers = 16;
    private const int ManyResets = 50;
    private const int FloodPieces = 16;
    private const int SmallBuffer = 16 * 1024;

    private static readonly byte[] Piece = Frame.Repeated(Frame.Four(new byte[60]), 1024);
    private static readonly byte[] Hello = TlsClient.Hello(SslProtocols.Tls13);
    private static readonly byte[] Message = Frame.Four("one who comes and goes"u8);

    private int _round;
    private int _served;

    /// <summary>How often a good client that came in the storm was let in and echoed to.</summary>
    public int Served => Volatile.Read(ref _served);

    public async Task RageAsync(TimeSpan time)
    {
        using var over = new CancellationTokenSource(time);
        Action<Random>[] kinds = [ReadNothing, BeginFrames, Reset, Flood, TalkNonsense, CutHandshakes, StallHandshakes, ComeInCrowds, ComeAndGo];
        await Task.WhenAll(kinds.Select(kind => Task.Factory.StartNew(() => Repeat(kind, over.Token), TaskCreationOptions.LongRunning))).WaitAsync(time + Guard.Program);
    }

    private void Repeat(Action<Random> kind, CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            try
            {
                kind(new Random(Interlocked.Increment(ref _round)));
            }
            catch (Exception fault) when (fault is SocketException or IOException or AuthenticationException)
            {
                // Refused, reset or closed, as it may be: the server is full, or has had enough.
            }
        }
    }

    // Asks for more than it takes, until the server loses patience.
    private void ReadNothing(Random chance)
    {
        using var peer = new RawPeer(plain, SmallBuffer);
        peer.Flood(Piece, FloodPieces * FloodPieces);
    }

    private void BeginFrames(Random chance) => Crowd(plain, SomePeers, peer => peer.Send(Piece.AsSpan(0, chance.Next(1, 64))), static peer => peer.TakesByte());

    private void Reset(Random chance)
    {
        for (int i = 0; i < ManyResets; i++)
        {
            var peer = new RawPeer(plain);
            peer.Send(Piece.AsSpan(0, chance.Next(200)));
            peer.Reset();
        }
    }

    private void Flood(Random chance)
    {
        using var peer = new RawPeer(plain);
        Task sending = Task.Run(() => peer.Flood(Piece, FloodPieces));
        byte[] answers = new byte[Piece.Length];
        for (int i = 0; i < FloodPieces; i++)
            peer.ReceiveExactly(answers);
        sending.Wait(Guard.Event);
    }

    private void TalkNonsense(Random chance)
    {
        FuzzPeer.Play(secure, Mutation.Of(Hello, chance), chance);
        FuzzPeer.Play(plain, Mutation.Of(Piece, chance), chance);
    }

    private void CutHandshakes(Random chance)
    {
        using var stream = new CutStream(TlsPeer.Connected(secure), chance.Next(500), (CutStream.Moment)chance.Next(2));
        using var tls = new SslStream(stream);
        tls.AuthenticateAsClient(TlsClient.Options());
    }

    private void StallHandshakes(Random chance) => Crowd(secure, SomePeers, peer => peer.Send(Hello.AsSpan(0, chance.Next(Hello.Length + 1))), static peer => peer.ReceiveToEnd());

    private void ComeInCrowds(Random chance) => Crowd(secure, maxConnections + SomePeers, static _ => { }, static _ => { });

    private void ComeAndGo(Random chance)
    {
        using var peer = new TlsPeer(secure);
        peer.Echo(Message);
        Interlocked.Increment(ref _served);
    }

    private static void Crowd(IPEndPoint server, int size, Action<RawPeer> begin, Action<RawPeer> end)
    {
        var peers = new List<RawPeer>(size);
        try
        {
            for (int i = 0; i < size; i++)
            {
                peers.Add(new RawPeer(server));
                begin(peers[i]);
            }

            peers.ForEach(end);
        }
        finally
        {
            peers.ForEach(static peer => peer.Dispose());
        }
    }
}

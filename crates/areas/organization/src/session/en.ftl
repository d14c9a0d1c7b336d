session-sign-in-title = Sign in
session-sign-in-lead = Enter the login name and password your company gave you.
session-login = Login name
session-password = Password
session-sign-in = Sign in
session-forgot = Forgot your password?
session-code-title = Enter the code
session-code-lead = The password is right. One more check follows.
session-code = Code
session-code-help = The six digits your authenticator app shows. Without your phone, enter one of the recovery codes you kept.
session-code-send = Confirm
session-start-over = Start again
session-new-password-title = Set a new password
session-new-password-lead = The old password stops working. Choose one that only you know.
session-new-password = New password
session-again = New password again
session-new-password-save = Save and sign in
session-password-rules = At least 10 characters (administrators 12). Several unrelated words in a row are long and easy to remember.
session-signed-out = You have signed out.
session-list-title = Signed-in devices
session-list-lead = Devices that are signed in to your account. If you do not recognise one, sign it out and change your password.
session-device = Device
session-address = Address
session-since = Signed in
session-seen = Last used
session-action = Action
session-here = This device
session-strong = Second factor
session-end = Sign out
session-end-others = Sign out all other devices
session-ended = Signed out.
session-entered = Switched to “{ $company }”.
session-mail-new-device-subject = Sign-in from a new device
session-mail-new-device =
    Hello { $name },

    somebody signed in to your account from a device that was not used before.

    Time: { $at }
    Device: { $device }
    Address: { $address }

    If that was you, there is nothing to do.
    If not, change your password at once, sign the device out under “Signed-in devices”, and tell your administrator.

route-steps = このルートの段
route-until = 同じ対象の次のルートが{ $amount }から始まるので、このルートはその手前までに使います。
route-no-decision = このルートには、まだ決める段がありません
route-no-decision-why = 「承認」か「合議」の段を加えてください。それまで、このルートでは承認を依頼できません。
route-add-step = 段を加える
